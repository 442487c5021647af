import { connectionTo } from '../../../support/connection-to';
import type { Kafka } from 'kafkajs';
import { METADATA_MAX_AGE_MS, connectKafka } from '../../../../src/client/kafka-client';
import { PartitionCounts } from '../../../../src/client/transactions/placement';

const topic = 'customers';
const record = (partition?: number) =>
  ({ topic, key: 'k', value: 'v', ...(partition !== undefined && { partition }) }) as const;

/** Brokers that return these numbers, one after the other. */
function counting(...answers: readonly (number | Error)[]) {
  const left = [...answers];
  const asked: string[] = [];
  const count = (_: Kafka, name: string): Promise<number> => {
    asked.push(name);
    const answer = left.shift() ?? new Error('asked too often');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { counts: new PartitionCounts(connectKafka(connectionTo('localhost:9092')), count), asked };
}

describe('the number of partitions of a topic', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => jest.restoreAllMocks());

  it('is requested again when it is older than the maximum age of metadata', async () => {
    const { counts, asked } = counting(3, 6);
    for (; now < METADATA_MAX_AGE_MS; now += 1_000) expect((await counts.of([record()])).get(topic)).toBe(3);
    expect(asked).toHaveLength(1);
    now += 1;
    expect((await counts.of([record()])).get(topic)).toBe(6);
  });

  it('is requested immediately when a record has a partition beyond it', async () => {
    const { counts } = counting(3, 6, 6);
    await counts.of([record()]);
    expect((await counts.of([record(5)])).get(topic)).toBe(6);
    await expect(counts.of([record(6)])).rejects.toThrow('customers has no partition 6, only 0 to 5');
  });

  it('stays unchanged while no broker answers', async () => {
    const { counts, asked } = counting(3, new Error('no broker'), 4);
    await counts.of([record()]);
    now += METADATA_MAX_AGE_MS + 1;
    expect((await counts.of([record()])).get(topic)).toBe(3);
    expect((await counts.of([record()])).get(topic)).toBe(4);
    expect(asked).toHaveLength(3);
  });
});
