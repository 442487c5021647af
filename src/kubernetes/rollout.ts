import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { selectorLabels } from '../render/labels';
import { brokerNames } from '../render/names';
import type { Kubectl } from './kubectl';
import { conditionOf, isTrue, type Job, type Pod, type StatefulSet } from './objects';
import { podObstacles } from './obstacles';
import { poll } from './poll';

/** An obstacle has to stand this long: a volume, say, is bound some seconds after its pod is made. */
const PATIENCE_MS = 20_000;

const TOPICS_MS = 11 * 60_000;

/** For each broker, beside its stop: start, log recovery, catching up. */
const START_MS = 20 * 60_000;

/** Waits until every broker runs the newest template and is ready. @throws {UserError} when one will not be */
export async function untilBrokersRolled(
  kubectl: Kubectl,
  config: Platform,
  note: (detail: string) => void,
): Promise<void> {
  const name = brokerNames(config).statefulSet;
  const { count, shutdownMs } = config.brokers;
  const withinMs = count * (config.guard.stopWaitMs + shutdownMs + START_MS);
  const patience = new Patience();
  const set = await poll(
    async () => {
      const [found, pods] = await Promise.all([
        kubectl.find<StatefulSet>('statefulset', name),
        kubectl.list<Pod>('pods', selectorLabels(config, 'broker')),
      ]);
      if (found !== undefined)
        note(`${found.status.readyReplicas ?? 0} ready, ${found.status.updatedReplicas ?? 0} up to date`);
      patience.check(pods.flatMap(podObstacles));
      return found;
    },
    { until: (found) => found !== undefined && isRolled(found), withinMs },
  );
  if (set === undefined || !isRolled(set)) {
    throw new UserError(
      `The brokers are not ready after ${withinMs / 60_000} minutes.`,
      `see kubectl -n ${config.namespace} describe statefulset ${name}, and the logs of its pods`,
    );
  }
}

/** Whether every replica runs the newest template and is ready. */
export function isRolled({ metadata, spec, status }: StatefulSet): boolean {
  return (
    status.observedGeneration === metadata.generation &&
    status.readyReplicas === spec.replicas &&
    (status.updatedReplicas ?? 0) === spec.replicas &&
    status.currentRevision === status.updateRevision
  );
}

/** Waits for the newest provisioning Job, and removes those of earlier catalogues. @throws {UserError} when it fails */
export async function untilTopicsApplied(kubectl: Kubectl, config: Platform): Promise<void> {
  const labels = selectorLabels(config, 'topic-provisioning');
  const patience = new Patience();
  const byAge = (a: Job, b: Job): number => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1);
  const jobs = await poll(
    async () => {
      patience.check((await kubectl.list<Pod>('pods', labels)).flatMap(podObstacles));
      return (await kubectl.list<Job>('jobs', labels)).sort(byAge);
    },
    { until: ([newest]) => newest !== undefined && isFinished(newest), withinMs: TOPICS_MS },
  );
  const [newest, ...earlier] = jobs;
  if (newest === undefined || !isTrue(conditionOf(newest, 'Complete'))) {
    const name = newest?.metadata.name ?? '';
    const log = await kubectl.run(['logs', `job/${name}`, '--tail=20']).catch(() => '');
    throw new UserError(
      `The topics could not be made those of the catalogue:\n  ${log.trim().replaceAll('\n', '\n  ')}`,
      'mend what it names and apply again',
    );
  }
  for (const { metadata } of earlier) await kubectl.run(['delete', 'job', metadata.name, '--ignore-not-found']);
}

const isFinished = (job: Job): boolean => isTrue(conditionOf(job, 'Complete')) || isTrue(conditionOf(job, 'Failed'));

/** Gives up on obstacles that have stood for a while. */
class Patience {
  private since: number | undefined;

  check(obstacles: readonly string[]): void {
    this.since = obstacles.length === 0 ? undefined : (this.since ?? Date.now());
    if (this.since === undefined || Date.now() - this.since < PATIENCE_MS) return;
    throw new UserError(
      `It will not come up:\n  ${[...new Set(obstacles)].join('\n  ')}`,
      'mend that and apply again; what was applied stays',
    );
  }
}
