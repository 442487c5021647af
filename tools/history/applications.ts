import type { KafkaConnection } from '../../src/protocol/connection';
import { PermanentError, RetriableError } from '../../src/client/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { alreadyEncoded } from '../../src/client/encoded';
import { ExactlyOnceTransform } from '../../src/client/exactly-once/exactly-once-transform';
import type { ClientNotice } from '../../src/client/notices';
import { EventProducer } from '../../src/client/producer/event-producer';
import { deadLetters } from '../../src/client/retry/dead-letters';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import { EventSerde } from '../../src/client/serde/event-serde';
import { TUNING } from '../proof/member';
import type { Group, History } from './history';
import { idOf, kindOf } from './record-kinds';
import type { Application } from './supervised';
import { chains, output, source } from './topics';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';

/** The environment of every application. */
export interface Surroundings {
  readonly connection: KafkaConnection;
  readonly registry: string;
  readonly history: History;
}

/** Number of failing handler calls for a record of the kind, within one process. */
const FAILING_CALLS: Readonly<Record<string, number>> = { passing: 1, waiting: 3 };

/** The applications under test, by group. */
export const APPLICATIONS: Readonly<Record<Group, (surroundings: Surroundings) => Promise<Application>>> = {
  retrying: async (surroundings) => {
    const read = await reader(surroundings, 'retrying');
    const calls = new Map<number, number>();
    return RetryingConsumer.start<'orders'>({
      ...common(surroundings, 'retrying'),
      chain: chains.retrying,
      attemptsInPlace: 2,
      handle: async (record) => {
        await read(record);
        const id = idOf(record);
        const call = (calls.get(id) ?? 0) + 1;
        calls.set(id, call);
        if (call <= (FAILING_CALLS[kindOf(record) ?? ''] ?? 0)) throw new RetriableError('not yet');
        calls.delete(id);
        note(surroundings, 'retrying', record);
      },
    });
  },

  batches: async (surroundings) => {
    const read = await reader(surroundings, 'batches');
    const { connection } = surroundings;
    const { topic, group, deadLetterTopic } = chains.batches;
    const producer = new EventProducer({ connection });
    const consumer = await EventConsumer.start<'orders'>({
      ...common(surroundings, 'batches'),
      groupId: group,
      topics: [topic],
      batchRecords: 20,
      handleBatch: async (records, { attempt }) => {
        for (const record of records) {
          await read(record);
          if (attempt === 1 && kindOf(record) === 'passing') throw new RetriableError('not yet');
        }
        for (const record of records) note(surroundings, 'batches', record);
      },
      onPermanent: deadLetters({
        chain: { topic, group, deadLetterTopic },
        producer,
      }),
    });
    return {
      ended: consumer.ended,
      close: async (deadlineMs) => {
        await consumer.close(deadlineMs);
        await producer.close(deadlineMs);
      },
    };
  },

  'exactly-once': async (surroundings) => {
    const read = await reader(surroundings, 'exactly-once');
    const { group, deadLetterTopic } = chains['exactly-once'];
    return ExactlyOnceTransform.start<'orders', undefined>({
      ...common(surroundings, 'exactly-once'),
      groupId: group,
      topic: source.name,
      deadLetterTopic,
      batchRecords: 20,
      transactionTimeoutMs: 10_000,
      restore: () => Promise.resolve(undefined),
      transform: async (records) => {
        for (const record of records) await read(record);
        return records.map((record) => ({
          topic: output.name,
          key: String(idOf(record)),
          value: alreadyEncoded(Buffer.from(String(idOf(record)))),
          // Not a whole number, so the record cannot be encoded.
          ...(kindOf(record) === 'unencodable' && { timestamp: Date.now() + 0.5 }),
        }));
      },
    });
  },
};

const common = ({ connection, history }: Surroundings, group: Group) => ({
  ...TUNING,
  connection,
  onNotice: (notice: ClientNotice) => {
    if (notice.kind === 'records-missing' && notice.topic === source.name) history.report(group, notice);
  },
});

/**
 * Decodes a record like an application. @throws the serde's error; a permanent error for records that are intended to
 * fail
 */
async function reader({ registry, history }: Surroundings, group: Group) {
  const serde = await EventSerde.open({ registry, schemas: eventSchemas, topics: ['orders'] });
  return async (record: ConsumedRecord<'orders'>): Promise<void> => {
    history.accounts[group].given.push(idOf(record));
    if (record.value !== null) await serde.decode('orders', record.value);
    if (kindOf(record) === 'permanent') throw new PermanentError('never');
  };
}

function note({ history }: Surroundings, group: Group, record: ConsumedRecord<'orders'>): void {
  (history.accounts[group].handled as number[]).push(idOf(record));
}
