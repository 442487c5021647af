import type { KubernetesObject } from '../../src/deploy/kubectl';
import type { Claim } from '../../src/deploy/objects';
import { pollCluster } from '../../src/deploy/poll-cluster';
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
  const claim = await pollCluster(() => claimOf(world, nodeId), {
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

/** What a small volume has beyond the files that are on it. */
const ROOM_MEBIBYTES = 300;

/** Puts the files of a broker's volume on a small file system of its own, while no pod uses it. */
export async function shrinkVolume(world: World, nodeId: number): Promise<void> {
  const { node, path } = await place(world, nodeId);
  await inNode(
    node,
    `
    truncate -s "$(($(du -sm '${path}' | cut -f 1) + ${ROOM_MEBIBYTES}))M" '${path}.image'
    mkfs.ext4 -q -m 0 -O ^has_journal '${path}.image'
    mkdir '${path}.small'
    mount -o loop '${path}.image' '${path}.small'
    cp -a '${path}'/. '${path}.small'/
    mount --bind '${path}.small' '${path}'`,
  );
}

/** Puts them back, while no pod uses it. */
export async function enlargeVolume(world: World, nodeId: number): Promise<void> {
  const { node, path } = await place(world, nodeId);
  await inNode(
    node,
    `
    umount '${path}'
    rm -rf '${path}'/*
    cp -a '${path}.small'/. '${path}'/
    rm -rf '${path}'/lost+found '${path}/${FILLER}'
    umount '${path}.small'
    rmdir '${path}.small'
    rm '${path}.image'`,
  );
}

const FILLER = 'filler';
const LEFT_KIBIBYTES = 256;

/** Takes the space of a small volume, but for what is written within seconds. */
export async function fillVolume(world: World, nodeId: number): Promise<void> {
  const { node, path } = await place(world, nodeId);
  const left = `$(($(df --output=avail -k '${path}' | tail -1) - ${LEFT_KIBIBYTES}))k`;
  await inNode(node, `fallocate -l "${left}" '${path}/${FILLER}'`);
}

/** Names of the files and directories in the root of a broker's volume. */
export async function filesOfVolume(world: World, nodeId: number): Promise<readonly string[]> {
  const { node, path } = await place(world, nodeId);
  return (await inNode(node, `ls '${path}'`)).trim().split('\n');
}

/** Does something while a broker has no pod: its volume is on a node of Kubernetes that takes none meanwhile. */
export async function withoutPod(world: World, nodeId: number, work: () => Promise<void>): Promise<void> {
  const { kubectl } = world;
  const { node } = await place(world, nodeId);
  await kubectl.run(['cordon', node]);
  try {
    await kubectl.run(['delete', 'pod', podName(world, nodeId), '--wait=true']);
    await work();
  } finally {
    await kubectl.run(['uncordon', node]);
  }
}

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
