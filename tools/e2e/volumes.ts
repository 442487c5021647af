import type { KubernetesObject } from '../../src/deploy/kubectl';
import type { Claim } from '../../src/deploy/objects';
import { poll } from '../../src/waiting/poll';
import { shell } from './shell';
import { podName, type World } from './world';

const NEW_CLAIM_MS = 120_000;

interface Volume extends KubernetesObject {
  readonly spec: {
    readonly hostPath?: { readonly path: string };
    readonly local?: { readonly path: string };
    readonly nodeAffinity: {
      readonly required: {
        readonly nodeSelectorTerms: readonly {
          readonly matchExpressions: readonly { readonly values: readonly string[] }[];
        }[];
      };
    };
  };
}

interface BoundClaim extends Claim {
  readonly spec: Claim['spec'] & { readonly volumeName?: string };
}

/** Where the volume of a broker is on its node, by kind's local-path provisioner. */
interface Place {
  readonly node: string;
  readonly path: string;
}

const claimName = (world: World, nodeId: number): string => `data-${podName(world, nodeId)}`;

const claimOf = (world: World, nodeId: number): Promise<BoundClaim | undefined> =>
  world.kubectl.find<BoundClaim>('persistentvolumeclaim', claimName(world, nodeId));

/** Deletes the volume claim of a broker and its pod, and waits until the StatefulSet has made both again. */
export async function loseVolume(world: World, nodeId: number): Promise<void> {
  const { kubectl } = world;
  const before = (await claimOf(world, nodeId))?.metadata.uid;
  await kubectl.run(['delete', 'persistentvolumeclaim', claimName(world, nodeId), '--wait=false']);
  await kubectl.run(['delete', 'pod', podName(world, nodeId)]);
  const claim = await poll(() => claimOf(world, nodeId), {
    until: (found) => found !== undefined && found.metadata.uid !== before,
    withinMs: NEW_CLAIM_MS,
    everyMs: 2_000,
  });
  if (claim === undefined || claim.metadata.uid === before) throw new Error(`broker ${nodeId} got no new claim`);
}

/** Moves the files of a broker's volume out of it, while no pod uses it. */
export const hideFiles = async (world: World, nodeId: number): Promise<void> => {
  const { node, path } = await place(world, nodeId);
  await inNode(node, `mkdir '${path}.hidden' && mv '${path}'/* '${path}.hidden'/`);
};

/** Moves them back; what was written meanwhile goes. */
export const restoreFiles = async (world: World, nodeId: number): Promise<void> => {
  const { node, path } = await place(world, nodeId);
  await inNode(node, `rm -rf '${path}'/* && mv '${path}.hidden'/* '${path}'/ && rmdir '${path}.hidden'`);
};

/** Checksums of the segments of a broker's metadata log. */
export const metadataLog = async (world: World, nodeId: number): Promise<string> => {
  const { node, path } = await place(world, nodeId);
  return inNode(node, `cksum '${path}'/log/__cluster_metadata-0/*.log`);
};

const inNode = (node: string, script: string): Promise<string> =>
  shell('docker', ['exec', node, 'sh', '-c', `set -e; ${script}`]);

async function place(world: World, nodeId: number): Promise<Place> {
  const name = (await claimOf(world, nodeId))?.spec.volumeName;
  const volume = name === undefined ? undefined : await world.kubectl.find<Volume>('persistentvolume', name);
  const path = volume?.spec.hostPath?.path ?? volume?.spec.local?.path;
  const node = volume?.spec.nodeAffinity.required.nodeSelectorTerms[0]?.matchExpressions[0]?.values[0];
  if (path === undefined || node === undefined) throw new Error(`broker ${nodeId} has no volume on a node of kind`);
  return { node, path };
}
