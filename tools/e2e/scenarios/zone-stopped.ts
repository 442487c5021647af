import { conditionOf, isTrue, type Node } from '../../../src/deploy/objects';
import { ZONE_LABEL } from '../../../src/kubernetes/zone-label';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { busiestBroker } from '../faults';
import { underLoad } from '../scenario';
import { shell } from '../shell';
import { describeCluster, nodePod, nodesOn, type World } from '../world';

/** Kubernetes takes some 40 s to notice; back again it takes a while as well. */
const NOTICED_MS = 3 * 60_000;

/** A zone loses its power and comes back: every partition has replicas elsewhere, and as many of them as writes need. */
export const zoneStopped = underLoad('hard stop of a whole zone, and its return', async (world) => {
  const { zone, machines } = await zoneOf(world, await busiestBroker(world));
  const restarts = await nodesOn(world, machines);
  await shell('docker', ['stop', '--time', '0', ...machines]);
  try {
    world.note(`until zone ${zone} is missed`);
    await untilReady(world, machines, false);
    await nothingOffline(world);
  } finally {
    await shell('docker', ['start', ...machines]);
  }
  world.note(`until zone ${zone} is back`);
  await untilReady(world, machines, true);
  return { summary: `zone ${zone} with ${restarts.join(' and ')}; 0 offline partitions without it`, restarts };
});

interface Zone {
  readonly zone: string;
  /** Names of the zone's nodes of Kubernetes, which are containers of this machine. */
  readonly machines: readonly string[];
}

/** The zone that a node of Kafka runs in. @throws if there is no other */
async function zoneOf(world: World, nodeId: number): Promise<Zone> {
  const { nodeName } = (await nodePod(world, nodeId)).spec;
  const nodes = await world.kubectl.list<Node>('nodes');
  const labelOf = (node?: Node): string | undefined => node?.metadata.labels?.[ZONE_LABEL];
  const zone = labelOf(nodes.find(({ metadata }) => metadata.name === nodeName));
  if (zone === undefined) throw new Error(`${nodeName ?? nodeId} has no label ${ZONE_LABEL}`);
  const machines = nodes.filter((node) => labelOf(node) === zone).map(({ metadata }) => metadata.name);
  return { zone, machines };
}

const untilReady = (world: World, machines: readonly string[], wanted: boolean): Promise<unknown> =>
  pollCluster(() => Promise.all(machines.map((name) => world.kubectl.find<Node>('node', name))), {
    until: (nodes) => nodes.every((node) => node !== undefined && isTrue(conditionOf(node, 'Ready')) === wanted),
    withinMs: NOTICED_MS,
  });

/** @throws with the partitions that nobody leads */
async function nothingOffline(world: World): Promise<void> {
  const { offline } = await describeCluster(world);
  if (offline.length > 0) throw new Error(`without a leader: ${offline.join(', ')}`);
}
