import { randomBytes } from 'node:crypto';
import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { workloadNames } from '../render/names';
import type { Verdict } from '../smoke/smoke-test';
import { jsonLine } from './json-line';
import type { Kubectl } from './kubectl';
import { conditionOf, isTrue, type Job, type Pod } from './objects';
import { podObstacles } from './obstacles';
import { poll } from './poll';

const WITHIN_MS = 5 * 60_000;

/**
 * Runs the smoke test in the cluster and collects its verdict; the Job goes when it was heard.
 * @throws {UserError} when it could not be run, or said nothing
 */
export async function smokeInCluster(kubectl: Kubectl, config: Platform): Promise<Verdict> {
  const { smokeCronJob } = workloadNames(config);
  const name = `${smokeCronJob}-${randomBytes(3).toString('hex')}`;
  await kubectl.run(['create', 'job', name, `--from=cronjob/${smokeCronJob}`]);
  try {
    const [job, pods] = await poll(
      () => Promise.all([kubectl.find<Job>('job', name), kubectl.list<Pod>('pods', { 'job-name': name })]),
      {
        until: ([found, its]) =>
          found === undefined || isOver(found) || its.some((pod) => podObstacles(pod).length > 0),
        withinMs: WITHIN_MS,
      },
    );
    const obstacles = pods.flatMap(podObstacles);
    if (job === undefined || !isOver(job)) throw notRun(obstacles.join('\n  '));
    const log = await kubectl.run(['logs', `job/${name}`]);
    const verdict = jsonLine(log) as Verdict | undefined;
    if (verdict === undefined) throw notRun(log.trim());
    return verdict;
  } finally {
    await kubectl.run(['delete', 'job', name, '--ignore-not-found', '--wait=false']);
  }
}

const isOver = (job: Job): boolean => isTrue(conditionOf(job, 'Complete')) || isTrue(conditionOf(job, 'Failed'));

const notRun = (why: string): UserError =>
  new UserError(`The smoke test gave no verdict:\n  ${why}`, 'see kubectl describe of its Job, then run it again');
