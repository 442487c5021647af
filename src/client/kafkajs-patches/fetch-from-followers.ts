import { patch } from './patch-kafkajs';

/** How long a partition is read from its leader after a follower failed; the leader would name the same follower again. */
const FROM_LEADER_MS = 30_000;

interface Place {
  readonly topic: string;
  readonly partition: number;
}

interface AssignedTopic {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** An error of a fetch; only `OFFSET_OUT_OF_RANGE` names the partition. */
interface FetchError extends Partial<Place> {
  readonly name: string;
}

/** The replica that the leader has named for a partition. */
type ReadReplicas = Record<string, Record<number, { readonly nodeId: number }> | undefined>;

/** The used part of kafkajs's private class of a group member. */
interface ConsumerGroup {
  /** Empty for a consumer without rack. */
  readonly rackId: string;
  readonly cluster: { refreshMetadata(): Promise<unknown> };
  readonly offsetManager: OffsetManager;
  readonly preferredReadReplicasPerTopicPartition: ReadReplicas;
  readonly subscriptionState: { assigned(): readonly AssignedTopic[] };
  /** Ids of the known brokers, as texts. */
  getNodeIds(): readonly string[];
  filterPartitionsByNode(nodeId: string, assigned: readonly AssignedTopic[]): readonly AssignedTopic[];
  findReadReplicaForPartitions: (
    this: ConsumerGroup,
    topic: string,
    partitions: readonly number[],
  ) => Record<string, readonly number[]>;
  fetch: (this: ConsumerGroup, nodeId: string) => Promise<unknown>;
  recoverFromFetch: (this: ConsumerGroup, error: FetchError) => Promise<void>;
}

interface OffsetManager {
  readonly memberAssignment: Readonly<Record<string, readonly number[] | undefined>>;
  nextOffset(topic: string, partition: number): { toString(): string };
}

/** The used part of kafkajs's private batch class. */
interface Batch extends Place {
  /** The offset that was requested. */
  readonly fetchedOffset: string;
}

/** The used part of kafkajs's private consumer loop. */
interface Runner {
  readonly consumerGroup: ConsumerGroup;
  handleBatch: (this: Runner, batch: Batch) => Promise<void>;
}

/**
 * Returns to the leader when a follower fails from which a consumer with a rack reads (KIP-392). kafkajs 2.2.4 fetches from the
 * follower that the leader names, and stays with it: when it is gone, nobody fetches the partition; when it does not have the
 * offset, it is asked again; when it refuses a connection, the consumer crashes. kafkajs also handles records twice that the
 * leader and the follower return at the same time. Consumers without a rack are not affected.
 */
export function fetchFromFollowers(): void {
  returnToLeaders();
  skipHandled();
}

const returnToLeaders = patch('ConsumerGroup', (group: ConsumerGroup) => {
  const { fetch, findReadReplicaForPartitions, recoverFromFetch } = group;
  const fromLeader = new WeakMap<ConsumerGroup, Map<string, number>>();

  group.findReadReplicaForPartitions = function (topic, partitions) {
    if (this.rackId !== '') forgetGone(this, topic);
    return findReadReplicaForPartitions.call(this, topic, partitions);
  };

  group.fetch = function (nodeId) {
    if (this.rackId === '') return fetch.call(this, nodeId);
    const waiting = fromLeader.get(this) ?? new Map<string, number>();
    fromLeader.set(this, waiting);
    const isWaited = (place: Place): boolean => (waiting.get(nameOf(place)) ?? 0) > Date.now();
    // Only for this fetch: the node, the rack that the request carries, and what follows from an error.
    const once = Object.create(this, {
      rackId: {
        // A leader that knows the rack names the follower, and returns no records.
        get: () => (waiting.size > 0 && placesOf(this, nodeId).some(isWaited) ? '' : this.rackId),
      },
      recoverFromFetch: {
        value: async (error: FetchError) => {
          const left = leaveFollower(this, nodeId, error);
          for (const place of left) waiting.set(nameOf(place), Date.now() + FROM_LEADER_MS);
          const isOfLeader = left.length === 0 || (error.topic === undefined && placesOf(this, nodeId).length > 0);
          if (isOfLeader) await recoverFromFetch.call(this, error);
          else await this.cluster.refreshMetadata();
        },
      },
    }) as ConsumerGroup;
    return fetch.call(once, nodeId);
  };
});

const skipHandled = patch('Runner', (runner: Runner) => {
  const { handleBatch } = runner;
  runner.handleBatch = function (batch) {
    const { rackId, offsetManager } = this.consumerGroup;
    const { topic, partition, fetchedOffset } = batch;
    const isAssigned = offsetManager.memberAssignment[topic]?.includes(partition) === true;
    // kafkajs handles one batch of a partition at a time, and fetches it from two brokers for a moment.
    const isHandled =
      rackId !== '' && isAssigned && offsetManager.nextOffset(topic, partition).toString() !== fetchedOffset;
    return isHandled ? Promise.resolve() : handleBatch.call(this, batch);
  };
});

const nameOf = ({ topic, partition }: Place): string => `${topic}-${partition}`;

/** Partitions that are fetched from the node. */
const placesOf = (group: ConsumerGroup, nodeId: string): readonly Place[] =>
  group
    .filterPartitionsByNode(nodeId, group.subscriptionState.assigned())
    .flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));

/** kafkajs runs no fetcher for a node that is not known. */
function forgetGone(group: ConsumerGroup, topic: string): void {
  const replicas = group.preferredReadReplicasPerTopicPartition[topic] ?? {};
  const known = new Set(group.getNodeIds().map(Number));
  for (const [partition, { nodeId }] of Object.entries(replicas))
    if (!known.has(nodeId)) Reflect.deleteProperty(replicas, partition);
}

/** @returns the partitions that were read from this follower, and are read from their leaders now */
function leaveFollower(group: ConsumerGroup, nodeId: string, error: FetchError): readonly Place[] {
  const left: Place[] = [];
  for (const [topic, replicas = {}] of Object.entries(group.preferredReadReplicasPerTopicPartition)) {
    for (const [name, replica] of Object.entries(replicas)) {
      const partition = Number(name);
      if (replica.nodeId !== Number(nodeId) || !concerns(error, { topic, partition })) continue;
      Reflect.deleteProperty(replicas, name);
      left.push({ topic, partition });
    }
  }
  return left;
}

const concerns = (error: FetchError, { topic, partition }: Place): boolean =>
  error.topic === undefined || (error.topic === topic && error.partition === partition);
