import { createClients } from '../../../src/client';

const clients = createClients({ topics: [{ name: 'invoices' }] });

const connectionTo = (...bootstrapServers: readonly string[]) => ({ bootstrapServers, clientId: 'billing' });

it.each([['kafka'], ['kafka:0'], ['kafka:65536'], ['[::1]:9092'], ['http://kafka:9092']])(
  'an invalid address is refused immediately: %s',
  async (server) => {
    const connection = connectionTo('a:9092', server);
    const consumer = clients.startConsumer({
      connection,
      groupId: 'g',
      topics: ['invoices'],
      handle: () => undefined,
    });
    await expect(consumer).rejects.toMatchObject({ code: 'WRONG_OPTION' });
    expect(() => clients.createProducer({ connection })).toThrow(`bootstrapServers.1 = '${server}'`);
  },
);

it('a connection without an address is refused immediately', () => {
  expect(() => clients.createProducer({ connection: connectionTo() })).toThrow('bootstrapServers is empty');
});
