import { patch } from './patch-kafkajs';
import { committedPosition } from '../positions/committed-position';
import { fetchByTopicId } from './fetch-by-topic-id';
import { noteBroker, positionsOf } from '../positions/registrations';

interface Place {
  readonly topic: string;
  readonly partition: number;
}

type Offsets = Record<string, Record<number, string | undefined> | undefined>;

interface Coordinator {
  offsetFetch(asked: {
    readonly groupId: string;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly { readonly partition: number }[];
    }[];
  }): Promise<{
    readonly responses: readonly {
      readonly topic: string;
      readonly partitions: readonly {
        readonly partition: number;
        readonly offset: string;
        readonly metadata: string | null;
      }[];
    }[];
  }>;
}

/** The used part of kafkajs's private offset manager. Each generation of the group has a new one. */
interface OffsetManager {
  readonly cluster: object;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly memberAssignment: Readonly<Record<string, readonly number[]>>;
  committedOffsets: () => Offsets;
  getCoordinator: () => Promise<Coordinator>;
  /** Called only by the constructor. */
  clearAllOffsets: (this: OffsetManager) => void;
  nextOffset: (this: OffsetManager, topic: string, partition: number) => { toString(): string };
  /** All records up to the offset are done. */
  resolveOffset: (this: OffsetManager, last: Place & { readonly offset: string }) => void;
  /** Determines the start offsets. */
  resolveOffsets: (this: OffsetManager) => Promise<void>;
  setDefaultOffset: (this: OffsetManager, place: Place) => Promise<void>;
}

interface Cluster {
  findBroker: (this: Cluster, which: unknown) => Promise<object>;
}

/**
 * Lets `GroupPositions` decide where a consumer continues to read. kafkajs 2.2.4 applies a committed offset to any
 * topic that currently has the name, and keeps the next offset of a partition while its log is replaced. If an offset is
 * out of range, it commits the earliest offset and continues without a message.
 */
export function followPositions(): void {
  fetchByTopicId();
  findBrokers();
  keepOffsets();
}

const findBrokers = patch('Cluster', (cluster: Cluster) => {
  const { findBroker } = cluster;
  cluster.findBroker = async function (which) {
    const broker = await findBroker.call(this, which);
    noteBroker(this, broker);
    return broker;
  };
});

const keepOffsets = patch('OffsetManager', (manager: OffsetManager) => {
  const { clearAllOffsets, resolveOffsets, setDefaultOffset } = manager;
  const newest = new WeakMap<object, OffsetManager>();
  const last = new WeakMap<object, Promise<void>>();
  manager.clearAllOffsets = function () {
    newest.set(this.cluster, this);
    clearAllOffsets.call(this);
  };
  manager.resolveOffsets = function () {
    const { cluster } = this;
    if (positionsOf(cluster) === undefined) return resolveOffsets.call(this);
    const isNewest = (): boolean => newest.get(cluster) === this;
    // Calls are serialized: fetches from all brokers call this, and answers for an earlier generation must not count.
    const begun = (last.get(cluster) ?? Promise.resolve()).then(() => begin(this, isNewest));
    last.set(
      cluster,
      begun.catch(() => undefined),
    );
    return begun;
  };
  manager.setDefaultOffset = async function (place) {
    const positions = positionsOf(this.cluster);
    const log = positions?.logOf(place);
    if (positions === undefined || log === undefined) return setDefaultOffset.call(this, place);
    await positions.reposition(log);
  };
  takeFromLogs(manager);
});

/**
 * The next offset of a partition is kept with its log. kafkajs keeps it by the partition's name, also while the log is
 * being replaced: work that ends then, or the answer to a commit, sets an offset of the old log.
 */
function takeFromLogs(manager: OffsetManager): void {
  const { nextOffset, resolveOffset } = manager;
  manager.nextOffset = function (topic, partition) {
    return positionsOf(this.cluster)?.logOf({ topic, partition })?.next ?? nextOffset.call(this, topic, partition);
  };
  // For batches whose log is not known. That of others advances without kafkajs.
  manager.resolveOffset = function (last) {
    const log = positionsOf(this.cluster)?.logOf(last);
    if (log === undefined) resolveOffset.call(this, last);
    else log.advance(BigInt(last.offset) + 1n);
  };
}

/** Partitions in which each generation's offset manager has begun. */
const begunOf = new WeakMap<OffsetManager, Set<string>>();

/**
 * Partitions whose start offset is not known yet. kafkajs's own mark is a committed offset, which the answer to a commit
 * of an earlier generation sets as well.
 */
const pending = (manager: OffsetManager): readonly Place[] =>
  manager.topics.flatMap((topic) =>
    (manager.memberAssignment[topic] ?? [])
      .map((partition) => ({ topic, partition }))
      .filter(
        (place) =>
          begunOf.get(manager)?.has(nameOf(place)) !== true ||
          manager.committedOffsets()[topic]?.[place.partition] === undefined,
      ),
  );

async function begin(manager: OffsetManager, isNewest: () => boolean): Promise<void> {
  const positions = positionsOf(manager.cluster);
  const places = isNewest() ? pending(manager) : [];
  if (positions === undefined || places.length === 0) return;
  const topics = [...new Set(places.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: places.filter((place) => place.topic === topic).map(({ partition }) => ({ partition })),
  }));
  const ids = await positions.topicIds();
  const coordinator = await manager.getCoordinator();
  const { responses } = await coordinator.offsetFetch({ groupId: manager.groupId, topics });
  if (!isNewest()) return;
  const committed = places.map((place) => {
    const answer = responses
      .find(({ topic }) => topic === place.topic)
      ?.partitions.find(({ partition }) => partition === place.partition);
    return { ...place, position: answer && committedPosition(answer) };
  });
  positions.begin(committed, ids);
  // Without these, kafkajs does not fetch; it must not see them before the logs.
  for (const place of places) {
    const { topic, partition } = place;
    const offsets = (manager.committedOffsets()[topic] ??= {});
    offsets[partition] = String(positions.logOf(place)?.next);
  }
  begunOf.set(manager, new Set([...(begunOf.get(manager) ?? []), ...places.map(nameOf)]));
}

const nameOf = ({ topic, partition }: Place): string => `${topic}-${partition}`;
