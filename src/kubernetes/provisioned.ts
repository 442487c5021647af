import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { selectorLabels } from '../render/labels';
import type { Kubectl } from './kubectl';
import { conditionOf, isTrue, type Job, type Pod } from './objects';
import { podObstacles } from './obstacles';
import { Patience } from './patience';
import { poll } from './poll';

/** Their own waiting for what they work with, and then some. */
const WITHIN_MS = 16 * 60_000;

/** What a Job makes that of the catalogue. */
export type Provisioned = 'topic' | 'schema';

/** Waits for the newest provisioning Job, and removes those of earlier catalogues. @throws {UserError} when it fails */
export async function untilProvisioned(kubectl: Kubectl, config: Platform, what: Provisioned): Promise<void> {
  const labels = selectorLabels(config, `${what}-provisioning`);
  const patience = new Patience();
  const byAge = (a: Job, b: Job): number => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1);
  const jobs = await poll(
    async () => {
      patience.check((await kubectl.list<Pod>('pods', labels)).flatMap(podObstacles));
      return (await kubectl.list<Job>('jobs', labels)).sort(byAge);
    },
    { until: ([newest]) => newest !== undefined && isFinished(newest), withinMs: WITHIN_MS },
  );
  const [newest, ...earlier] = jobs;
  if (newest === undefined || !isTrue(conditionOf(newest, 'Complete'))) {
    const name = newest?.metadata.name ?? '';
    const log = await kubectl.run(['logs', `job/${name}`, '--tail=20']).catch(() => '');
    throw new UserError(
      `The ${what}s could not be made those of the catalogue:\n  ${log.trim().replaceAll('\n', '\n  ')}`,
      'mend what it names and apply again',
    );
  }
  for (const { metadata } of earlier) await kubectl.run(['delete', 'job', metadata.name, '--ignore-not-found']);
}

const isFinished = (job: Job): boolean => isTrue(conditionOf(job, 'Complete')) || isTrue(conditionOf(job, 'Failed'));
