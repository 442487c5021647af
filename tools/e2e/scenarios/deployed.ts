import { deploy } from '../../../src/deploy/deploy';
import { withManifests } from '../manifests';
import type { Scenario } from '../scenario';
import { untilProven } from '../services';

/** From nothing to a proven platform. */
export const deployed: Scenario = {
  name: 'deployed and proven by its smoke Job',
  target: { durationMs: 150_000 },
  run: async (world) => {
    const { kubectl, config, cluster, progress } = world;
    const started = Date.now();
    const { context } = cluster;
    await withManifests(config, (manifests) => deploy({ config, kubectl, context, manifests, progress }));
    return { ...(await untilProven(world)), durationMs: Date.now() - started };
  },
};
