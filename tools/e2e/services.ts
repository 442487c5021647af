import type { Pod } from '../../src/deploy/objects';
import { untilServing } from '../../src/deploy/serving';
import { awaited } from '../../src/components/derived';
import { componentsOf } from '../../src/platform/components';
import { smokeInCluster } from '../../src/deploy/smoke-job';
import { componentLabels } from '../../src/kubernetes/labels';
import { applicationsOf } from '../../src/components/application/applications';
import type { Finding } from './scenario';
import type { World } from './world';

/** Pods of all components other than the brokers. */
export const servingPods = async ({ kubectl, config }: World): Promise<readonly Pod[]> =>
  (
    await Promise.all(
      awaited(componentsOf(config)).map((component) => kubectl.list<Pod>('pods', componentLabels(config, component))),
    )
  ).flat();

/** Waits until all components are ready, then runs the smoke test. */
export async function untilProven({ kubectl, config, note }: World): Promise<Finding> {
  const components = [...awaited(componentsOf(config)), ...applicationsOf(config).map(({ name }) => name)];
  await untilServing(kubectl, config, { components, note });
  note('smoke test');
  const { ok, checks } = await smokeInCluster(kubectl, config);
  const failed = checks.filter(({ status }) => status === 'failed').map(({ name, summary }) => `${name}: ${summary}`);
  const passed = checks.filter(({ status }) => status === 'passed').length;
  return { ok, summary: failed.length === 0 ? `${passed} checks passed` : failed.join('; ') };
}
