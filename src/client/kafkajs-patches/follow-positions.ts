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
  readonly resolvedOffsets: Offsets;
  committedOffsets: () => Offsets;
  nextOffset: (topic: string, partition: number) => { toString(): string };
  getCoordinator: () => Promise<Coordinator>;
  /** Determines the start offsets. */
  resolveOffsets: (this: OffsetManager) => Promise<void>;
  setDefaultOffset: (this: OffsetManager, place: Place) => Promise<void>;
}

interface Cluster {
  findBroker: (this: Cluster, which: unknown) => Promise<object>;
}

/**
 * Lets `GroupPositions` decide where a consumer continues to read. kafkajs 2.2.4 applies a committed offset to any
 * topic that currently has the name. If an offset is out of range, it commits the earliest offset and continues without
 * a message.
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
  const { resolveOffsets, setDefaultOffset } = manager;
  const newest = new WeakMap<object, OffsetManager>();
  const last = new WeakMap<object, Promise<void>>();
  manager.resolveOffsets = function () {
    const { cluster } = this;
    if (positionsOf(cluster) === undefined) return resolveOffsets.call(this);
    newest.set(cluster, this);
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
    const { topic, partition } = place;
    const positions = positionsOf(this.cluster);
    const log = positions?.logOf(place);
    if (positions === undefined || log === undefined) return setDefaultOffset.call(this, place);
    const to = await positions.reposition(log, BigInt(this.nextOffset(topic, partition).toString()));
    const resolved = this.resolvedOffsets[topic];
    if (to !== undefined && resolved !== undefined) resolved[partition] = String(to);
  };
});

/** Partitions whose start offset is not known yet. */
const pending = (manager: OffsetManager): readonly Place[] =>
  manager.topics.flatMap((topic) =>
    (manager.memberAssignment[topic] ?? [])
      .filter((partition) => manager.committedOffsets()[topic]?.[partition] === undefined)
      .map((partition) => ({ topic, partition })),
  );

async function begin(manager: OffsetManager, isNewest: () => boolean): Promise<void> {
  const positions = positionsOf(manager.cluster);
  const places = isNewest() ? pending(manager) : [];
  if (positions === undefined || places.length === 0) return;
  const topics = [...new Set(places.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: places.filter((place) => place.topic === topic).map(({ partition }) => ({ partition })),
  }));
  const coordinator = await manager.getCoordinator();
  const { responses } = await coordinator.offsetFetch({ groupId: manager.groupId, topics });
  const committed = places.map((place) => {
    const answer = responses
      .find(({ topic }) => topic === place.topic)
      ?.partitions.find(({ partition }) => partition === place.partition);
    return { ...place, position: answer && committedPosition(answer) };
  });
  const begins = await positions.begin(committed);
  if (!isNewest()) return;
  for (const { topic, partition, offset } of begins) {
    const offsets = (manager.committedOffsets()[topic] ??= {});
    offsets[partition] ??= String(offset);
  }
}
