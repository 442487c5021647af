import { jsonLine } from '../../src/kubernetes/json-line';
import type { Pod } from '../../src/kubernetes/objects';
import { poll } from '../../src/kubernetes/poll';
import { CLIENT_LABEL } from '../../src/render/network-flows';
import type { SamplesJudgement } from '../../src/samples/judge';
import { runtimePod, withConfig } from './runtime-pod';
import type { World } from './world';

const NAME = 'judge-samples';
const WITHIN_MS = 4 * 60_000;

/** Waits until the samples are through, and judges them by the logs. Nobody must make events meanwhile. */
export async function judgeSamplesInCluster(world: World): Promise<SamplesJudgement> {
  const { kubectl, config } = world;
  const remove = () => kubectl.run(['delete', 'pod', NAME, '--ignore-not-found', '--grace-period=1']);
  await remove();
  const pod = runtimePod(world, {
    name: NAME,
    labels: CLIENT_LABEL,
    command: ['node', '/app/judge-samples.js'],
    ...withConfig(config),
  });
  await kubectl.run(['apply', '--filename', '-'], { input: JSON.stringify(pod) });
  const ended = await poll(() => kubectl.find<Pod>('pod', NAME), {
    until: (found) => found?.status.phase === 'Succeeded' || found?.status.phase === 'Failed',
    withinMs: WITHIN_MS,
  });
  const log = await kubectl.run(['logs', NAME]);
  const judgement = jsonLine(log) as SamplesJudgement | undefined;
  if (judgement === undefined)
    throw new Error(`the samples (${ended?.status.phase ?? 'gone'}) could not be judged:\n${log.slice(-2_000)}`);
  await remove();
  return judgement;
}
