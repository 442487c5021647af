import {
  avro,
  createClients,
  decoded,
  defineRetryChain,
  type Clients,
  type EventOf,
  type TopicOf,
} from '../../../src/client';
import type { Catalogue } from '../../../src/client/catalogue';

interface InvoiceV1 {
  readonly id: string;
}

interface InvoiceV2 extends InvoiceV1 {
  readonly cents: number;
}

interface Payout {
  readonly iban: string;
}

const record = (name: string) => ({ type: 'record', name, fields: [] });
const connection = { bootstrapServers: [], clientId: 'billing' };
const registry = '';

/** A project's own catalogue, with nothing of this repository. */
const catalogue = {
  topics: [{ name: 'invoices' }, { name: 'payouts' }, { name: 'notes' }],
  schemas: {
    invoices: [avro<InvoiceV1>(record('Invoice')), avro<InvoiceV2>(record('Invoice'))],
    payouts: [avro<Payout>(record('Payout'))],
  },
  retryChains: { billing: defineRetryChain({ topic: 'invoices', group: 'billing', delays: ['5s'] }) },
} as const;
type Own = typeof catalogue;

const clients = createClients(catalogue);

/** Never called: it must compile, except for each marked line. */
const compiles = async (): Promise<readonly unknown[]> => {
  const serde = await clients.openSerde({ registry, topics: ['invoices', 'payouts'] });
  const old = await clients.openSerde({ registry, topics: ['invoices'], readerVersions: { invoices: 1 } });
  const invoice: EventOf<Own, 'invoices'> = await serde.decode('invoices', null);
  const first: InvoiceV1 = await old.decode('invoices', null);
  const payout: Payout = await serde.decode('payouts', null);
  const producer = clients.createProducer({ connection });
  const writer = await clients.openWriter({ connection, transactionalId: 'billing-0' });
  const retried: TopicOf<Own> = 'invoices.billing.retry.5s';
  const dead: TopicOf<Own> = 'invoices.billing.dlq';
  const seen: unknown[] = [];
  const handle = decoded(serde, ({ topic, value }) => {
    const cents: number | undefined = topic === 'invoices' ? value?.cents : undefined;
    // @ts-expect-error -- an invoice has no such field
    const iban: unknown = topic === 'invoices' ? value?.iban : undefined;
    seen.push(cents, iban);
  });
  const cases: readonly unknown[] = [
    producer.send('invoices', { value: serde.encode('invoices', invoice) }),
    producer.send('invoices', { value: null }),
    producer.send('notes', { value: 'text' }),
    producer.send(dead, { value: 'text' }),
    writer.write([{ topic: 'notes', value: 'text' }]),
    clients.startConsumer({ connection, groupId: 'billing', topics: ['invoices', 'payouts'], handle }),
    clients.startRetryingConsumer({ connection, chain: 'billing', handle: () => undefined }),
    clients.startTransform({
      connection,
      groupId: 'billing',
      topic: 'invoices',
      deadLetterTopic: 'invoices.billing.dlq',
      restore: () => Promise.resolve(undefined),
      transform: () => [{ topic: 'payouts', value: serde.encode('payouts', payout) }],
    }),
    clients.readTopic(connection, retried),
    // @ts-expect-error -- no such topic
    producer.send('invoice', { value: 'text' }),
    // @ts-expect-error -- the chain has no such delay
    producer.send('invoices.billing.retry.7s', { value: 'text' }),
    // @ts-expect-error -- its values have a schema
    producer.send('invoices', { value: 'text' }),
    // @ts-expect-error -- bytes of anything
    producer.send('invoices', { value: Buffer.from('text') }),
    // @ts-expect-error -- an event of another topic
    producer.send('payouts', { value: serde.encode('invoices', invoice) }),
    // @ts-expect-error -- a field is missing
    serde.encode('invoices', { id: '' }),
    // @ts-expect-error -- a field that the schema does not have
    serde.encode('payouts', { iban: '', bic: '' }),
    // @ts-expect-error -- a topic that the serde was not opened for
    old.encode('payouts', payout),
    // @ts-expect-error -- a topic without a schema
    clients.openSerde({ registry, topics: ['notes'] }),
    // @ts-expect-error -- no such version
    clients.openSerde({ registry, topics: ['invoices'], readerVersions: { invoices: 3 } }),
    // @ts-expect-error -- no such topic
    clients.startConsumer({ connection, groupId: 'billing', topics: ['invoice'], handle: () => undefined }),
    // @ts-expect-error -- no such chain
    clients.startRetryingConsumer({ connection, chain: 'shipping', handle: () => undefined }),
    clients.startTransform({
      connection,
      groupId: 'billing',
      topic: 'invoices',
      restore: () => Promise.resolve(undefined),
      // @ts-expect-error -- no event of the topic
      transform: () => [{ topic: 'payouts', value: 'text' }],
    }),
    // @ts-expect-error -- the value of another topic
    writer.write([{ topic: 'payouts', value: serde.encode('invoices', invoice) }]),
    // @ts-expect-error -- no such topic
    clients.readTopic(connection, 'invoice'),
    // @ts-expect-error -- version 1 has no such field
    first.cents,
    // @ts-expect-error -- the application has no name
    clients.createProducer({ connection: { bootstrapServers: [] } }),
    // @ts-expect-error -- a schema of a topic that is not there
    createClients({ topics: [{ name: 'invoices' }], schemas: { payouts: [avro<Payout>(record('Payout'))] } }),
    // @ts-expect-error -- a chain of a topic that is not there
    createClients({ topics: [{ name: 'notes' }], retryChains: catalogue.retryChains }),
  ];
  return cases;
};

/** Creates clients like a program without types. */
const createUnchecked = (unchecked: Catalogue): Clients<Catalogue> => createClients<Catalogue>(unchecked);

describe('the clients of a catalogue', () => {
  it('compile only for its topics and events, as `npm run lint` checks', () => {
    expect(compiles).toBeInstanceOf(Function);
  });

  it('report all problems of a catalogue that was not compiled', () => {
    const wrong = {
      topics: [{ name: 'invoices' }, { name: 'no topic' }, { name: 'invoices' }],
      schemas: { invoice: [record('Invoice')] },
      retryChains: { shipping: defineRetryChain({ topic: 'parcels', group: 'shipping' }) },
    };
    const problems = () => createUnchecked(wrong);
    expect(problems).toThrow('"no topic"');
    expect(problems).toThrow('invoices is there twice');
    expect(problems).toThrow('schemas = invoice: allowed are the names in topics; fix: did you mean invoices?');
    expect(problems).toThrow('retryChains.shipping.topic = parcels');
  });

  it('name the existing chains to a program without types that uses an unknown one', async () => {
    const started = clients.startRetryingConsumer({ connection, chain: 'ghost' as 'billing', handle: () => undefined });
    await expect(started).rejects.toThrow('ghost is no retry chain of the catalogue: it has billing');
  });
});
