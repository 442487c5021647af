import { setTimeout as delay } from 'node:timers/promises';
import { withRetries } from '../../../src/client/with-retries';
import { alreadyEncoded } from '../../../src/client/encoded';
import { partitionOf } from '../../../src/client/producer/partitioner';
import { connectKafka } from '../../../src/client/kafka-client';
import type { TransactionRecord } from '../../../src/client/transactions/transaction-record';
import { TransactionalWriter } from '../../../src/client/transactions/transactional-writer';
import { encodeRecord, type LedgerEntry, type SeenRecord } from '../../../src/smoke/ledger';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import { addAnomalies, type Findings } from '../findings';
import { checkWrites } from '../check-writes';
import type { Pattern } from '../pattern';

const NAME = 'transactions';
const TOPICS = ['payments', 'orders-paid'] as const;
const KEYS = 20;
const PAUSE_MS = 20;
const OUTCOMES = { committed: 'acked', aborted: 'refused', unknown: 'unknown' } as const;

/** Each transaction has one record in each of two topics: `read_committed` consumers see both or none. */
export const transactions: Pattern = {
  name: NAME,
  start: async ({ world, run, dice }) => {
    const kafka = connectKafka(world.direct);
    const from = await Promise.all(TOPICS.map((topic) => endOffsets(kafka, topic)));
    const compression = dice.pick(['none', 'lz4'] as const);
    const writer = await withRetries(() =>
      TransactionalWriter.open({
        connection: world.connection,
        transactionalId: run,
        transactionTimeoutMs: 10_000,
        compression,
      }),
    );
    const ledgers: LedgerEntry[][] = TOPICS.map(() => []);
    const stopping = new AbortController();
    const work = (async () => {
      for (let sequence = 0; !stopping.signal.aborted; sequence++) {
        const key = `${run}-${sequence % KEYS}`;
        const result = await writer.write(inBoth(key, Buffer.from(encodeRecord(run, sequence))));
        const outcome = OUTCOMES[result.outcome];
        for (const [index, ledger] of ledgers.entries())
          ledger.push({ partition: partitionOf(Buffer.from(key), from[index]?.size ?? 1), sequence, outcome });
        await delay(PAUSE_MS);
      }
    })();
    return {
      stop: async () => {
        stopping.abort();
        await work;
        await writer.close();
        const seen = await Promise.all(
          TOPICS.map((topic, index) =>
            readRun({ connection: world.direct, topic, run, from: from[index] ?? new Map() }),
          ),
        );
        return checkTransactions(ledgers, seen);
      },
    };
  },
};

/** Records in the order of {@link TOPICS}. */
const inBoth = (key: string, bytes: Buffer): readonly TransactionRecord[] => [
  { topic: 'payments', key, value: alreadyEncoded(bytes) },
  { topic: 'orders-paid', key, value: alreadyEncoded(bytes) },
];

function checkTransactions(
  ledgers: readonly (readonly LedgerEntry[])[],
  seen: readonly (readonly SeenRecord[])[],
): Findings {
  const sequences = seen.map((records) => new Set(records.map(({ sequence }) => sequence)));
  const any = new Set(sequences.flatMap((one) => [...one]));
  const torn = [...any].filter((sequence) => !sequences.every((one) => one.has(sequence))).length;
  const [first, ...others] = ledgers.map((ledger, index) => checkWrites(NAME, ledger, seen[index] ?? []));
  if (first === undefined) throw new Error('there is no topic');
  const anomalies = others.reduce((sum, other) => addAnomalies(sum, other.anomalies), first.anomalies);
  return { ...first, anomalies: { ...anomalies, torn } };
}
