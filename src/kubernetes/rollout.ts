import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { selectorLabels } from '../render/labels';
import { brokerNames } from '../render/names';
import type { Kubectl } from './kubectl';
import type { Pod, StatefulSet } from './objects';
import { podObstacles } from './obstacles';
import { Patience } from './patience';
import { poll } from './poll';

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
