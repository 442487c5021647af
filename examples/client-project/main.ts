import { setTimeout as delay } from 'node:timers/promises';
import { decoded, PermanentError, RetriableError } from 'kafka-platform/client';
import { clients } from './catalogue';

const INVOICES = 30;
const POLL_MS = 200;

/** Of some invoices, by number, the first call fails; others fail at each call. */
const failsOnce = (cents: number): boolean => cents % 10 === 1;
const failsAlways = (cents: number): boolean => cents % 10 === 2;

/** Sends invoices, bills them with retries, and writes a payout for each exactly once. Prints as JSON what stands in the topics then. */
async function main([bootstrapServers = '', registry = '']: readonly string[]): Promise<void> {
  const connection = { bootstrapServers: bootstrapServers.split(','), clientId: 'billing' };
  const serde = await clients.openSerde({ registry, topics: ['invoices', 'payouts'] });
  const invoices = await clients.openSerde({ registry, topics: ['invoices'] });

  const producer = clients.createProducer({ connection });
  const sent = Array.from({ length: INVOICES }, (_, cents) => {
    const id = `invoice-${cents}`;
    return producer.send('invoices', { key: id, value: serde.encode('invoices', { id, cents }) });
  });
  const outcomes = (await Promise.all(sent)).map(({ outcome }) => outcome);

  const billed: string[] = [];
  const consumer = await clients.startRetryingConsumer({
    connection,
    chain: 'billing',
    attemptsInPlace: 1,
    handle: decoded(invoices, ({ value }, { attempt }) => {
      if (value === null) return;
      if (failsAlways(value.cents)) throw new PermanentError('nobody pays it');
      if (failsOnce(value.cents) && attempt === 1) throw new RetriableError('the bank is closed');
      billed.push(value.id);
    }),
  });
  const transform = await clients.startTransform({
    connection,
    groupId: 'payouts',
    topic: 'invoices',
    restore: () => Promise.resolve(undefined),
    transform: async (records) => {
      const payouts = [];
      for (const { value } of records) {
        const { id, cents } = await serde.decode('invoices', value);
        payouts.push({
          topic: 'payouts' as const,
          key: id,
          value: serde.encode('payouts', { invoiceId: id, cents }),
        });
      }
      return payouts;
    },
  });

  const paid = () => clients.readTopic(connection, 'payouts');
  const dead = () => clients.readTopic(connection, 'invoices.billing.dlq');
  const isDone = async (): Promise<boolean> =>
    billed.length + (await dead()).length >= INVOICES && (await paid()).length >= INVOICES;
  while (!(await isDone())) await Promise.race([delay(POLL_MS), consumer.ended, transform.ended]);
  await Promise.all([consumer.close(), transform.close(), producer.close(5_000)]);

  const keysOf = (records: readonly { readonly key: Buffer | null }[]) => records.map(({ key }) => String(key)).sort();
  const retried = await clients.readTopic(connection, 'invoices.billing.retry.1s');
  const [payouts, deadLetters] = [await paid(), await dead()].map(keysOf);
  console.log(JSON.stringify({ outcomes, billed: billed.sort(), retried: keysOf(retried), deadLetters, payouts }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
