import type { Pod } from '../../src/kubernetes/objects';
import { SERVING, untilServing } from '../../src/kubernetes/serving';
import { smokeInCluster } from '../../src/kubernetes/smoke-job';
import { selectorLabels } from '../../src/render/labels';
import { samplesOf } from '../../src/render/samples';
import type { Finding } from './scenario';
import type { World } from './world';

/** Pods of all that serves beside the brokers. */
export const servingPods = async ({ kubectl, config }: World): Promise<readonly Pod[]> =>
  (await Promise.all(SERVING.map((component) => kubectl.list<Pod>('pods', selectorLabels(config, component))))).flat();

/** Waits until everything serves, then has the smoke test say whether it does what it should. */
export async function untilProven({ kubectl, config, note }: World): Promise<Finding> {
  const components = [...SERVING, ...samplesOf(config).map(({ name }) => name)];
  await untilServing(kubectl, config, { components, note });
  note('smoke test');
  const { ok, checks } = await smokeInCluster(kubectl, config);
  const failed = checks.filter(({ status }) => status === 'failed').map(({ name, summary }) => `${name}: ${summary}`);
  const passed = checks.filter(({ status }) => status === 'passed').length;
  return { ok, summary: failed.length === 0 ? `${passed} checks passed` : failed.join('; ') };
}
