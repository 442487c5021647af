import type { KubernetesObject } from '../../../src/deploy/kubectl';
import { readManifests, type ManifestObject } from '../../../src/deploy/manifests';
import type { Pod } from '../../../src/deploy/objects';
import { differentFields } from '../../support/differences';
import { applyConfig, withManifests } from '../manifests';
import type { Scenario } from '../scenario';
import type { World } from '../world';

const KINDS = 'namespace,configmap,service,deployment,statefulset,job,cronjob,poddisruptionbudget,networkpolicy';

/** The same manifests once more: nothing changes, nothing starts again. */
export const appliedAgain: Scenario = {
  name: 'the same manifests applied again',
  run: async (world) => {
    const before = await state(world);
    await applyConfig(world, world.config);
    const differences = (await fieldsAmiss(world)).join('; ');
    const after = await state(world);
    const changed = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
    const ok = changed.length === 0 && differences === '';
    return {
      ok,
      summary: ok ? `${Object.keys(after).length} objects unchanged` : `changed: ${changed.join(', ')} ${differences}`,
    };
  },
};

/** Rendered fields that the cluster does not have. */
const fieldsAmiss = ({ config, kubectl }: World): Promise<readonly string[]> =>
  withManifests(config, async (directory) => {
    const { items } = await kubectl.json<{ items: ManifestObject[] }>(['get', '--filename', directory]);
    return differentFields(readManifests(directory).objects, items);
  });

/** Everything that changes when an object or a pod does. */
async function state(world: World): Promise<Readonly<Record<string, string>>> {
  const objects = (await world.kubectl.list<KubernetesObject & { kind: string }>(KINDS)).map(
    ({ kind, metadata }) =>
      [`${kind} ${metadata.name}`, `${metadata.uid} ${metadata.generation ?? metadata.resourceVersion}`] as const,
  );
  const pods = (await world.kubectl.list<Pod>('pods')).map(
    ({ metadata, status }) =>
      [
        `Pod ${metadata.name}`,
        `${metadata.uid} ${(status.containerStatuses ?? []).map(({ restartCount }) => restartCount).join()}`,
      ] as const,
  );
  return Object.fromEntries([...objects, ...pods]);
}
