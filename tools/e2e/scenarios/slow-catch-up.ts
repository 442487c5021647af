import { setTimeout as delay } from 'node:timers/promises';
import { kubernetesLayout } from '../../../src/components/kafka-cluster/kubernetes-layout';
import { isBroker } from '../../../src/components/kafka-cluster/nodes';
import { changeBroker } from '../../../src/components/kafka-cluster/reassignment/change-broker';
import { LEADER_RATE, LEADER_REPLICAS } from '../../../src/components/kafka-cluster/reassignment/settings';
import { untilBrokersRolled } from '../../../src/deploy/rollout';
import { forwardedConnection } from '../../../src/deploy/forwarded-connection';
import { CLIENT_IDS } from '../../../src/protocol/client-ids';
import { incrementalAlterConfigs, type ConfigChange } from '../../../src/protocol/incremental-alter-configs';
import { SMOKE_TOPIC } from '../../../src/smoke/topic';
import { kibibytesPerSecond } from '../../../src/validation/units';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { applyConfig, rollConfig } from '../manifests';
import { after, everyBroker, everyNode, incarnations, underLoad, type Scenario } from '../scenario';
import { describeCluster, podName, type World } from '../world';
import { withProperty } from './config-changed';

/** Far less than is written meanwhile: a node that was away falls further behind until the limit is gone. */
const LIMIT = kibibytesPerSecond(4);

/** How long the limit stays after the first node has restarted. */
const HELD_MS = 60_000;

const FIRST_MS = 3 * 60_000;
const TIMING = { timeoutMs: 40_000, validateOnly: false } as const;

/** What a producer is told when a partition has fewer replicas in sync than it needs. */
const TOO_FEW = /^NOT_ENOUGH_REPLICAS/;

const throughRoll = underLoad('a roll while replicas catch up slowly', async (world) => {
  const before = await incarnations(world);
  await limitLeaders(world, { set: { [LEADER_RATE]: String(LIMIT) }, remove: [] });
  try {
    await limitTopic(world, { set: { [LEADER_REPLICAS]: '*' }, remove: [] });
    await applyConfig(world, withProperty);
    const restarted = await untilOneRestarted(world, before);
    world.note(`${restarted} has restarted and may not catch up`);
    await delay(HELD_MS);
    await noOtherRestarted(world, before, restarted);
  } finally {
    await limitLeaders(world, { set: {}, remove: [LEADER_RATE] });
    await limitTopic(world, { set: {}, remove: [LEADER_REPLICAS] });
  }
  await untilBrokersRolled(world.kubectl, withProperty, world.note);
  return { summary: `held up for ${HELD_MS / 1_000} s and longer, then finished`, restarts: everyNode(world) };
});

/** The next node waits until the one before it has caught up, however long that takes. */
export const slowCatchUp: Scenario = after((world) => rollConfig(world, world.config), {
  ...throughRoll,
  run: async (world) => {
    const finding = await throughRoll.run(world);
    const refused = Object.keys(finding.soak?.errors ?? {}).filter((error) => TOO_FEW.test(error));
    if (refused.length === 0) return finding;
    return { ...finding, ok: false, summary: `writes were answered with ${refused.join(', ')}` };
  },
});

const connectionOf = ({ kubectl, config }: World) => forwardedConnection(kubectl, config, CLIENT_IDS.brokers);

/** What brokers give followers that are not in sync. Only a leader's limit holds from a follower's first fetch on. */
async function limitLeaders(world: World, change: ConfigChange): Promise<void> {
  const layout = kubernetesLayout(world.config);
  for (const node of layout.nodes.filter(isBroker)) {
    const server = `${node.host}:${node.ports.client}`;
    await changeBroker(connectionOf(world), { id: node.id, server, isFenced: false }, change);
  }
}

/** Which replicas the limit is for. */
async function limitTopic(world: World, change: ConfigChange): Promise<void> {
  const [refusal] = await incrementalAlterConfigs(connectionOf(world), [{ topic: SMOKE_TOPIC, ...change }], TIMING);
  if (refusal !== undefined) throw new Error(`${SMOKE_TOPIC}: ${refusal.message}`);
}

type Incarnations = Awaited<ReturnType<typeof incarnations>>;

/** Names of the pods of brokers that have restarted. */
async function changedSince(world: World, before: Incarnations): Promise<readonly string[]> {
  const now = await incarnations(world);
  const names = everyBroker(world).map((id) => podName(world, id));
  return names.filter((name) => now.has(name) && now.get(name) !== before.get(name));
}

/** @returns the name of its pod, whose replicas are behind */
async function untilOneRestarted(world: World, before: Incarnations): Promise<string> {
  const behind = await pollCluster(() => describeCluster(world).catch(() => undefined), {
    until: (found) => found !== undefined && found.outOfSync.length > 0,
    withinMs: FIRST_MS,
  });
  if (behind === undefined || behind.outOfSync.length === 0) throw new Error('no replica is behind');
  const [first] = await pollCluster(() => changedSince(world, before), {
    until: (found) => found.length > 0,
    withinMs: FIRST_MS,
  });
  if (first === undefined) throw new Error('no node has restarted');
  return first;
}

/** @throws if replicas have caught up all the same, or another node did not wait for them */
async function noOtherRestarted(world: World, before: Incarnations, first: string): Promise<void> {
  const { outOfSync } = await describeCluster(world);
  if (outOfSync.length === 0) throw new Error('all replicas are in sync in spite of the limit: nothing was held up');
  const restarted = await changedSince(world, before);
  if (restarted.join() !== first) throw new Error(`restarted meanwhile: ${restarted.join(', ')}; expected: ${first}`);
}
