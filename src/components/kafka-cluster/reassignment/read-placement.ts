import type { KafkaConnection } from '../../../protocol/connection';
import { describeConfigs } from '../../../protocol/describe-configs';
import { listPartitionReassignments, type PartitionReassignment } from '../../../protocol/list-partition-reassignments';
import { METADATA, type PartitionMetadata } from '../../../protocol/metadata';
import { ask, KafkaError } from '../../../protocol/request';
import { retry } from '../../../waiting/retry';
import { partitionName, targetOf, type LiveBroker, type LivePartition, type Placement } from './placement';
import { readBrokers } from './read-brokers';
import { isThrottled, readTopics } from './read-topics';
import { BROKER_RATES } from './settings';

/** Time limit of the controller. */
const TIMEOUT_MS = 30_000;

const AGREE_MS = 30_000;
const POLL_MS = 250;

/** Kafka's error code UNKNOWN_TOPIC_OR_PARTITION. */
const UNKNOWN_TOPIC = 3;

/** Name of the resource that stands for all brokers. */
const ALL_BROKERS = '';

/** A placement without the rates of writing, which take time to measure. */
export type StandingPlacement = Omit<Placement, 'ingress'>;

/**
 * Reads where a cluster stores its partitions, what of them is being moved, and which limits are set. Sizes are those of
 * the largest replica.
 * @throws {UserError} if no broker answers
 */
export const readPlacement = (connection: KafkaConnection): Promise<StandingPlacement> =>
  // Brokers learn about topics one after the other: one may not know what another one listed, or still list what is gone.
  retry(() => readOnce(connection), {
    canRetry: (error) => error instanceof KafkaError && error.code === UNKNOWN_TOPIC,
    withinMs: AGREE_MS,
    everyMs: POLL_MS,
  });

/** All partitions that are being moved, by topic and partition. */
export async function readUnderWay(connection: KafkaConnection): Promise<readonly PartitionReassignment[]> {
  const all = await ask(connection, listPartitionReassignments(TIMEOUT_MS), { timeoutMs: TIMEOUT_MS + 10_000 });
  return [...all].sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}

async function readOnce(connection: KafkaConnection): Promise<StandingPlacement> {
  const [brokers, underWay, topics, clusterThrottles] = await Promise.all([
    readBrokers(connection),
    readUnderWay(connection),
    ask(connection, METADATA),
    readClusterThrottles(connection),
  ]);
  const settings = await readTopics(
    connection,
    topics.map(({ name }) => name),
  );
  const seen = { sizes: sizesOn(brokers), moving: new Map(underWay.map((one) => [partitionName(one), one])) };
  return {
    brokers,
    partitions: topics.flatMap((topic) =>
      topic.partitions
        .map((partition) => livePartition({ topic: topic.name, ...partition }, seen))
        .map((partition) => ({ ...partition, minInSync: settings.get(topic.name)?.minInSync ?? 1 }))
        .sort((a, b) => a.partition - b.partition),
    ),
    underWay,
    clusterThrottles,
    topicThrottles: [...settings.values()].filter(isThrottled),
  };
}

interface Seen {
  readonly sizes: ReadonlyMap<string, number>;
  readonly moving: ReadonlyMap<string, PartitionReassignment>;
}

function livePartition(
  one: PartitionMetadata & { readonly topic: string },
  { sizes, moving }: Seen,
): Omit<LivePartition, 'minInSync'> {
  const { topic, partition, leaderId, inSyncReplicas } = one;
  const name = partitionName(one);
  const reassignment = moving.get(name);
  const replicas = reassignment === undefined ? one.replicas : targetOf(reassignment);
  return { topic, partition, replicas, bytes: sizes.get(name) ?? 0, leaderId, inSyncReplicas };
}

/** Sizes of the largest replicas by {@link partitionName}. */
function sizesOn(brokers: readonly LiveBroker[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { state } of brokers)
    for (const replica of state?.replicas ?? []) {
      const name = partitionName(replica);
      sizes.set(name, Math.max(sizes.get(name) ?? 0, replica.bytes));
    }
  return sizes;
}

async function readClusterThrottles(connection: KafkaConnection): Promise<Readonly<Record<string, string>>> {
  const asked = { resource: 'broker', names: [ALL_BROKERS], settings: BROKER_RATES } as const;
  const described = await ask(connection, describeConfigs(asked));
  return Object.fromEntries(
    described.flatMap(({ entries }) => entries.map(({ name, value }) => [name, value ?? ''] as const)),
  );
}
