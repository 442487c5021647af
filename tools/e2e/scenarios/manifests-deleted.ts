import { deploy } from '../../../src/deploy/deploy';
import type { KubernetesObject } from '../../../src/deploy/kubectl';
import type { Pod } from '../../../src/deploy/objects';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { environmentWith } from '../environment';
import { withManifests } from '../manifests';
import type { Scenario } from '../scenario';
import { untilProven } from '../services';
import { untilWhole, type World } from '../world';

const GONE_MS = 5 * 60_000;

/** All manifests are deleted, as production has them: every claim stays, and the brokers find their data again. */
export const manifestsDeleted: Scenario = {
  name: 'the manifests deleted, and applied again',
  run: async (world) => {
    const { kubectl, cluster, progress } = world;
    const config = environmentWith({ renderNamespace: false });
    await untilWhole(world);
    const before = await claims(world);
    const started = Date.now();
    return withManifests(config, async (manifests) => {
      await kubectl.run(['delete', '--filename', manifests, '--wait=false']);
      // What Jobs of earlier catalogues have left stays: it is none of the manifests, and runs no more.
      await pollCluster(() => kubectl.list<Pod>('pods'), { until: (pods) => !pods.some(isAlive), withinMs: GONE_MS });
      const between = await claims(world);
      await deploy({ config, kubectl, context: cluster.context, manifests, progress });
      const after = await claims(world);
      const isSame = (one: string): boolean => one === before && before !== '';
      const finding = await untilProven(world);
      return {
        ...finding,
        ok: finding.ok && isSame(between) && isSame(after),
        summary: `claims before: ${before}; deleted: ${between}; applied again: ${after}; ${finding.summary}`,
        durationMs: Date.now() - started,
      };
    });
  },
};

const isAlive = ({ status }: Pod): boolean => status.phase !== 'Succeeded' && status.phase !== 'Failed';

/** Every claim by the id that it and its volume keep for as long as they live. */
async function claims({ kubectl }: World): Promise<string> {
  const all = await kubectl.list<KubernetesObject & { spec: { volumeName?: string }; status: { phase: string } }>(
    'pvc',
  );
  return all
    .map(({ metadata, spec, status }) => `${metadata.name} ${status.phase} ${spec.volumeName ?? ''}`)
    .sort()
    .join(', ');
}
