import { deploy } from '../../../src/kubernetes/deploy';
import { smokeInCluster } from '../../../src/kubernetes/smoke-job';
import { withManifests } from '../manifests';
import type { Scenario } from '../scenario';

/** From nothing to a proven cluster. */
export const deployed: Scenario = {
  name: 'deployed and proven by its smoke Job',
  target: { durationMs: 90_000 },
  run: async ({ kubectl, config, cluster, progress }) => {
    const started = Date.now();
    const { context } = cluster;
    await withManifests(config, (manifests) => deploy({ config, kubectl, context, manifests, progress }));
    const { ok, checks } = await smokeInCluster(kubectl, config);
    const passed = checks.filter(({ status }) => status === 'passed').length;
    const failed = checks.filter(({ status }) => status === 'failed').map(({ name, summary }) => `${name}: ${summary}`);
    return {
      ok,
      summary: failed.length === 0 ? `${passed} checks passed` : failed.join('; '),
      durationMs: Date.now() - started,
    };
  },
};
