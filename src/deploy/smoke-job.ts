import { randomBytes } from 'node:crypto';
import type { Platform } from '../platform/load';
import { explainLog } from '../console/first-error';
import { UserError } from '../validation/user-error';
import { smokeCronJob } from '../components/smoke-test/model';
import type { Verdict } from '../components/smoke-test/smoke-test';
import { indented, obstacleTexts } from './explain-end';
import { jsonLine } from './json-line';
import type { Kubectl } from './kubectl';
import { conditionOf, isTrue, type Job, type Pod } from './objects';
import { podObstacles } from './obstacles';
import { pollCluster } from './poll-cluster';

const WITHIN_MS = 5 * 60_000;

/**
 * Runs the smoke test in the cluster and reads its verdict. The Job is deleted afterwards.
 * @throws {UserError} if it could not run or printed no verdict
 */
export async function smokeInCluster(kubectl: Kubectl, config: Platform): Promise<Verdict> {
  const cronJob = smokeCronJob(config);
  const name = `${cronJob}-${randomBytes(3).toString('hex')}`;
  await kubectl.run(['create', 'job', name, `--from=cronjob/${cronJob}`]);
  try {
    const [job, pods] = await pollCluster(
      () => Promise.all([kubectl.find<Job>('job', name), kubectl.list<Pod>('pods', { 'job-name': name })]),
      {
        until: ([found, its]) =>
          found === undefined || isOver(found) || its.some((pod) => podObstacles(pod).length > 0),
        withinMs: WITHIN_MS,
      },
    );
    if (job === undefined || !isOver(job)) {
      const texts = await obstacleTexts(
        kubectl,
        pods.flatMap((pod) => podObstacles(pod)),
      );
      throw notRun(texts.length === 0 ? `no end after ${WITHIN_MS / 60_000} minutes` : texts.join('\n'));
    }
    const log = await kubectl.run(['logs', `job/${name}`]);
    const verdict = jsonLine(log) as Verdict | undefined;
    if (verdict === undefined) throw notRun(explainLog(log));
    return verdict;
  } finally {
    await kubectl.run(['delete', 'job', name, '--ignore-not-found', '--wait=false']);
  }
}

const isOver = (job: Job): boolean => isTrue(conditionOf(job, 'Complete')) || isTrue(conditionOf(job, 'Failed'));

const notRun = (why: string): UserError => new UserError(`The smoke test gave no verdict:\n${indented(why)}`);
