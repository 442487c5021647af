import { setImmediate as turn } from 'node:timers/promises';
import { Decoder } from '../../src/protocol/protocol';
import { Hold } from './hold';

export const TOPIC = 'orders';
export const PLACE = { topic: TOPIC, partition: 5 };
/** Ids of a deleted topic, and of the topic that was created with its name. */
export const OLD = 'AAAAAAAAAAAAAAAAAAAAAQ';
export const NEW = 'AAAAAAAAAAAAAAAAAAAAAg';

const NODE = '0';
const GROUP = 'a-group';
const SOURCES = '../../src/client';

/** kafkajs's private classes, as far as they are used here. */
interface Manager {
  resolveOffsets(): Promise<void>;
  resolveOffset(last: object): void;
  commitOffsets(offsets: object): Promise<void>;
  setDefaultOffset(place: object): Promise<void>;
}
interface Group {
  offsetManager: Manager;
  fetch(nodeId: string): Promise<readonly object[]>;
}
type Class<T> = new (props: object) => T;

/** A request that the broker received; kafkajs decodes the answer with it. */
interface Sent {
  readonly request: { encode(): Promise<{ readonly buffer: Buffer }> };
  readonly response: { decode(bytes: Buffer): Promise<unknown> };
}

const quiet = { debug: () => undefined, info: () => undefined, error: () => undefined, namespace: () => quiet };

/**
 * A group member of kafkajs's own classes that reads one partition of one broker. It is at an offset of the old topic.
 * A test holds back what the member waits for, and replaces the topic meanwhile.
 */
export class RepositionedMember {
  /** Each requested offset, with the id of its topic. */
  readonly requested: string[] = [];
  readonly holds = { connection: new Hold(), offsets: new Hold(), commit: new Hold(), answer: new Hold() };
  /** The answer of the broker to a fetch. @default no partition */
  answer: Buffer | undefined;
  private readonly ids = new Map([[TOPIC, OLD]]);
  private readonly cluster: object;
  private readonly group: Group;
  /** What the group has committed. */
  private committed = { offset: '59', metadata: `topic-id=${OLD}` };

  /* eslint-disable @typescript-eslint/no-require-imports -- private modules have no types; each member loads its own */
  /** @param standing what the leader says of a position that is out of range; without it, nothing is */
  constructor(standing?: () => Promise<object>) {
    jest.resetModules();
    jest.doMock(`${SOURCES}/positions/log-range`, () => ({ standingOf: standing }));
    jest.doMock(`${SOURCES}/positions/topic-ids`, () => ({ topicIds: () => Promise.resolve(new Map(this.ids)) }));
    const { followPositions } = require(`${SOURCES}/kafkajs-patches/follow-positions`) as {
      readonly followPositions: () => void;
    };
    const { GroupPositions } = require(`${SOURCES}/positions/group-positions`) as { GroupPositions: Class<object> };
    const { keepPositions } = require(`${SOURCES}/positions/registrations`) as {
      readonly keepPositions: (cluster: object, positions: object) => void;
    };
    followPositions();
    const ofCluster = require('kafkajs/src/cluster') as { readonly prototype: object };
    const ofGroup = require('kafkajs/src/consumer/consumerGroup') as { readonly prototype: object };
    const broker = this.broker();
    this.cluster = Object.assign(Object.create(ofCluster.prototype) as object, {
      committedOffsetsByGroup: new Map(),
      brokerPool: { findBroker: () => this.holds.connection.pass().then(() => broker) },
      findTopicPartitionMetadata: () => [{ partitionId: PLACE.partition, leader: 0 }],
      refreshMetadataIfNecessary: () => Promise.resolve(),
    });
    const onMissing = (): void => undefined;
    keepPositions(this.cluster, new GroupPositions({ connection: {}, groupId: GROUP, onMissing }));
    this.group = Object.assign(Object.create(ofGroup.prototype) as Group, {
      cluster: this.cluster,
      logger: quiet,
      offsetManager: this.newManager(),
      subscriptionState: {
        assigned: () => [{ topic: TOPIC, partitions: [PLACE.partition] }],
        active: () => [{ topic: TOPIC, partitions: [PLACE.partition] }],
        isPaused: () => false,
      },
      seekOffset: { has: () => false, pop: () => undefined },
      preferredReadReplicasPerTopicPartition: {},
      maxWaitTime: 1,
      checkForStaleAssignment: () => undefined,
    });
  }

  /** The offset manager of the newest generation. */
  get manager(): Manager {
    return this.group.offsetManager;
  }

  fetch(): Promise<readonly object[]> {
    return this.group.fetch(NODE);
  }

  /** The topic is deleted and created again. */
  recreate(): void {
    this.ids.set(TOPIC, NEW);
    this.committed = { offset: '-1', metadata: '' };
  }

  /** The group has a new generation, which has not determined where to begin. */
  rejoin(): void {
    this.group.offsetManager = this.newManager();
  }

  /** Runs what does not wait for anything that is held. */
  async settle(): Promise<void> {
    for (let turns = 0; turns < 10; turns++) await turn();
  }

  private newManager(): Manager {
    const OffsetManager = require('kafkajs/src/consumer/offsetManager') as Class<Manager>;
    return new OffsetManager({
      cluster: this.cluster,
      groupId: GROUP,
      memberAssignment: { [TOPIC]: [PLACE.partition] },
      autoCommit: false,
      instrumentationEmitter: { emit: () => undefined },
      coordinator: {
        isConnected: () => true,
        offsetFetch: async () => {
          const { committed } = this;
          await this.holds.offsets.pass();
          return { responses: [{ topic: TOPIC, partitions: [{ partition: PLACE.partition, ...committed }] }] };
        },
        offsetCommit: () => this.holds.commit.pass(),
      },
    });
  }

  private broker(): object {
    const Broker = require('kafkajs/src/broker') as Class<object>;
    const connectionPool = { connectionTimeout: 1, send: (sent: Sent) => this.received(sent) };
    const broker = new Broker({ connectionPool, logger: quiet, versions: { 1: { maxVersion: 17 } } });
    const lookupRequest = () => () => ({ response: { parse: (decoded: unknown) => decoded } });
    return Object.assign(broker, { lookupRequest });
  }
  /* eslint-enable @typescript-eslint/no-require-imports */

  private async received({ request, response }: Sent): Promise<unknown> {
    const body = new Decoder((await request.encode()).buffer);
    body.skipTags();
    // Up to the topics: the replica, time and size limits, the isolation level, and the session.
    body.skip(4 * 4 + 1 + 2 * 4).array(() => {
      const topicId = body.uuid();
      body.array(() => {
        body.skip(2 * 4);
        this.requested.push(`${body.int64()} of ${topicId}`);
        body.skip(4 + 8 + 4).skipTags();
      });
      body.skipTags();
    });
    await this.holds.answer.pass();
    return this.answer === undefined ? { responses: [] } : response.decode(this.answer);
  }
}
