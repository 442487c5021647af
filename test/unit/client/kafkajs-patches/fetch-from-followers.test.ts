import { KafkaJSConnectionError, KafkaJSOffsetOutOfRange, KafkaJSProtocolError } from 'kafkajs';
import { fetchFromFollowers } from '../../../../src/client/kafkajs-patches/fetch-from-followers';

const TOPIC = 'orders';
const [LEADER, FOLLOWER] = ['0', '1'];

interface Group {
  fetch(nodeId: string): Promise<unknown>;
  findReadReplicaForPartitions(topic: string, partitions: readonly number[]): unknown;
}

interface Runner {
  handleBatch(batch: object): Promise<void>;
}

interface GroupProps {
  readonly rackId?: string;
  /** The answers of brokers by their ids. */
  readonly answers?: Readonly<Record<string, () => Promise<unknown>>>;
  /** Brokers that are known. */
  readonly nodeIds?: readonly string[];
}

/* eslint-disable @typescript-eslint/no-require-imports -- private modules have no types */
/** kafkajs's group member with one partition, which it reads from the follower. */
function member({ rackId = 'b', answers = {}, nodeIds = [LEADER, FOLLOWER] }: GroupProps) {
  const { prototype } = require('kafkajs/src/consumer/consumerGroup') as { readonly prototype: object };
  fetchFromFollowers();
  const racks: Record<string, string[]> = { [LEADER]: [], [FOLLOWER]: [] };
  const reset = jest.fn(() => Promise.resolve());
  const refreshed = jest.fn(() => Promise.resolve());
  const log = { debug: () => undefined, info: () => undefined, error: () => undefined };
  const none = () => Promise.resolve({ responses: [] });
  const fields = {
    rackId,
    logger: log,
    metadataMaxAge: 10_000,
    cluster: {
      getNodeIds: () => nodeIds,
      findTopicPartitionMetadata: () => [{ partitionId: 0, leader: 0 }],
      refreshMetadata: refreshed,
      refreshMetadataIfNecessary: () => Promise.resolve(),
      findBroker: ({ nodeId }: { readonly nodeId: string }) =>
        Promise.resolve({
          fetch: (asked: { readonly rackId: string }) => {
            racks[nodeId]?.push(asked.rackId);
            return (answers[nodeId] ?? none)();
          },
        }),
    },
    subscriptionState: {
      assigned: () => [{ topic: TOPIC, partitions: [0] }],
      active: () => [{ topic: TOPIC, partitions: [0] }],
      isPaused: () => false,
    },
    offsetManager: {
      committedOffsets: () => ({ [TOPIC]: { 0: '5' } }),
      nextOffset: () => 5,
      resolveOffsets: () => Promise.resolve(),
      setDefaultOffset: reset,
    },
    seekOffset: { has: () => false, pop: () => undefined },
    preferredReadReplicasPerTopicPartition: { [TOPIC]: { 0: { nodeId: 1, expireAt: Infinity } } },
    maxWaitTime: 1,
    checkForStaleAssignment: () => undefined,
  };
  return { group: Object.assign(Object.create(prototype) as Group, fields), racks, reset, refreshed };
}

function runner(rackId: string, resolved: string) {
  const { prototype } = require('kafkajs/src/consumer/runner') as { readonly prototype: Runner };
  const handled = jest.fn(() => Promise.resolve());
  prototype.handleBatch = handled;
  fetchFromFollowers();
  const consumerGroup = { rackId, offsetManager: { memberAssignment: { [TOPIC]: [0] }, nextOffset: () => resolved } };
  return { handled, runner: Object.assign(Object.create(prototype) as Runner, { consumerGroup }) };
}
/* eslint-enable @typescript-eslint/no-require-imports */

const failing = (error: Error) => ({ [FOLLOWER]: () => Promise.reject(error) });
const outOfRange = () => new KafkaJSOffsetOutOfRange(new Error('out of range'), { topic: TOPIC, partition: 0 });
const unavailable = () =>
  new KafkaJSProtocolError({ type: 'REPLICA_NOT_AVAILABLE', code: 9, retriable: true, name: '', message: '' } as never);

beforeEach(() => jest.resetModules());

describe('a consumer that reads from a follower', () => {
  it('reads from it as long as it answers, and from no other', async () => {
    const { group, racks } = member({});
    await group.fetch(FOLLOWER);
    await group.fetch(LEADER);
    expect(racks).toEqual({ [LEADER]: [], [FOLLOWER]: ['b'] });
  });

  it.each([
    ['does not have the offset', outOfRange()],
    ['is no replica any more', unavailable()],
    ['refuses connections', new KafkaJSConnectionError('ECONNREFUSED')],
  ])('returns to the leader when it %s, and does not let it name a follower at once', async (_what, error) => {
    const { group, racks, reset, refreshed } = member({ answers: failing(error) });
    await group.fetch(FOLLOWER);
    await group.fetch(LEADER);
    await group.fetch(FOLLOWER);
    expect(racks).toEqual({ [LEADER]: [''], [FOLLOWER]: ['b'] });
    expect(refreshed).toHaveBeenCalledTimes(1);
    expect(reset).not.toHaveBeenCalled();
  });

  it('returns to the leader when it is gone', () => {
    const { group } = member({ nodeIds: [LEADER] });
    expect(group.findReadReplicaForPartitions(TOPIC, [0])).toEqual({ [LEADER]: [0] });
  });

  it('asks the leader where the log begins, and no follower', async () => {
    const { group, reset } = member({
      answers: { ...failing(outOfRange()), [LEADER]: () => Promise.reject(outOfRange()) },
    });
    await group.fetch(FOLLOWER);
    expect(reset).not.toHaveBeenCalled();
    await group.fetch(LEADER);
    expect(reset).toHaveBeenCalledTimes(1);
  });
});

describe('a batch that leader and follower have returned both', () => {
  const batch = { topic: TOPIC, partition: 0, fetchedOffset: '5' };

  it('is handled once', async () => {
    const first = runner('b', '5');
    await first.runner.handleBatch(batch);
    expect(first.handled).toHaveBeenCalledTimes(1);
  });

  it('is not handled again', async () => {
    const second = runner('b', '10');
    await second.runner.handleBatch(batch);
    expect(second.handled).not.toHaveBeenCalled();
  });
});

it('a consumer without a rack is left alone', async () => {
  const without = runner('', '10');
  await without.runner.handleBatch({ topic: TOPIC, partition: 0, fetchedOffset: '5' });
  expect(without.handled).toHaveBeenCalledTimes(1);
  const { group } = member({ rackId: '', answers: failing(new KafkaJSConnectionError('ECONNREFUSED')) });
  await expect(group.fetch(FOLLOWER)).rejects.toThrow('ECONNREFUSED');
});
