import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';
import { componentLabels } from '../kubernetes/labels';
import { explainEnd, indented } from './explain-end';
import type { Kubectl } from './kubectl';
import type { ManifestObject } from './manifests';
import { conditionOf, isTrue, type Job, type Pod } from './objects';
import { LastingObstacles } from './lasting-obstacles';
import { pollCluster } from './poll-cluster';

/** Longer than the Jobs themselves wait for brokers and registry. */
const WITHIN_MS = 16 * 60_000;

/** The catalogue that a Job applies. */
export type Provisioned = 'topic' | 'schema';

const componentOf = (what: Provisioned) => `${what}-provisioning` as const;

/** Name of the rendered Job, which depends on its catalogue. @returns undefined if the platform has no such Job */
export const renderedJob = (objects: readonly ManifestObject[], what: Provisioned): string | undefined =>
  objects.find(
    ({ kind, metadata }) => kind === 'Job' && metadata.labels?.['app.kubernetes.io/component'] === componentOf(what),
  )?.metadata.name;

interface RunProps {
  readonly what: Provisioned;
  /** Name of the current Job. */
  readonly job: string;
}

/**
 * Deletes Jobs so that the next apply runs the current Job if needed: a failed Job of the same catalogue, a finished
 * one that was followed by a Job of another catalogue, and unfinished ones of other catalogues.
 * @param again also delete the finished Job of the current catalogue
 */
export async function clearRuns(
  kubectl: Kubectl,
  config: Platform,
  { what, job, again }: RunProps & { readonly again: boolean },
): Promise<void> {
  const jobs = await kubectl.list<Job>('jobs', componentLabels(config, componentOf(what)));
  const own = jobs.find(({ metadata }) => metadata.name === job);
  const others = jobs.filter((one) => one !== own);
  const isOutdated = (one: Job): boolean =>
    others.some(({ metadata }) => metadata.creationTimestamp > one.metadata.creationTimestamp);
  const mustRun = own !== undefined && isFinished(own) && (again || isFailed(own) || isOutdated(own));
  const gone = [...others.filter((one) => !isFinished(one)), ...(mustRun ? [own] : [])];
  for (const { metadata } of gone) await kubectl.run(['delete', 'job', metadata.name, '--ignore-not-found']);
}

/** Waits for the Job of the current catalogue; results of other Jobs are ignored. @throws {UserError} if it fails */
export async function untilProvisioned(kubectl: Kubectl, { what, job }: RunProps): Promise<void> {
  const obstacles = new LastingObstacles(kubectl);
  const read = async () => {
    const found = await kubectl.find<Job>('job', job);
    const pods = found === undefined ? [] : await podsOf(kubectl, found);
    await obstacles.check(pods);
    return { found, pods };
  };
  const { found, pods } = await pollCluster(read, {
    until: (now) => now.found !== undefined && isFinished(now.found),
    withinMs: WITHIN_MS,
  });
  if (found !== undefined && isTrue(conditionOf(found, 'Complete'))) return;
  const why = await reasonOf(kubectl, pods);
  const state = found === undefined ? `there is no Job ${job}` : isFailed(found) ? '' : `Job ${job} is still running`;
  throw new UserError(
    [
      `The ${what}s of the catalogue could not be applied:`,
      ...[state, why].filter((one) => one !== '').map(indented),
    ].join('\n'),
  );
}

/** Pods of this Job, excluding those of an earlier Job of the same name. */
const podsOf = (kubectl: Kubectl, { metadata }: Job): Promise<readonly Pod[]> =>
  kubectl.list<Pod>('pods', { 'batch.kubernetes.io/controller-uid': metadata.uid });

/** The reason why the last attempt failed. */
async function reasonOf(kubectl: Kubectl, pods: readonly Pod[]): Promise<string> {
  const [last] = [...pods].sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1));
  const [container] = last?.status.containerStatuses ?? [];
  if (last === undefined || container === undefined) return 'its pods are gone, and their logs with them';
  const { terminated } = container.state;
  return explainEnd(kubectl, {
    pod: last.metadata.name,
    container: container.name,
    isPrevious: false,
    message: terminated?.message,
  });
}

const isFailed = (job: Job): boolean => isTrue(conditionOf(job, 'Failed'));

const isFinished = (job: Job): boolean => isTrue(conditionOf(job, 'Complete')) || isFailed(job);
