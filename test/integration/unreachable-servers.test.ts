import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createClients, defineRetryChain } from '../../src/client';
import { freePort } from '../../tools/support/free-port';

const HOST = '127.0.0.1';
const clients = createClients({
  topics: [{ name: 'invoices' }],
  schemas: { invoices: [{ type: 'record', name: 'Invoice', fields: [] }] },
  retryChains: { billing: defineRetryChain({ topic: 'invoices', group: 'billing', delays: ['5s'] }) },
});

/** Clients that are started without an option for notices. */
const BEGIN = {
  producer: (connection: Connection) =>
    clients.createProducer({ connection }).send('invoices', { key: 'k', value: null }),
  consumer: (connection: Connection) =>
    clients.startConsumer({ connection, groupId: 'g', topics: ['invoices'], handle: () => undefined }),
  retries: (connection: Connection) =>
    clients.startRetryingConsumer({ connection, chain: 'billing', handle: () => undefined }),
  transform: (connection: Connection) =>
    clients.startTransform({
      connection,
      groupId: 't',
      topic: 'invoices',
      transform: () => [],
      restore: () => Promise.resolve(undefined),
    }),
  writer: (connection: Connection) => clients.openWriter({ connection, transactionalId: 'w' }),
  topic: (connection: Connection) => clients.readTopic(connection, 'invoices'),
  partition: (connection: Connection) =>
    clients.readPartition({ connection, topic: 'invoices', partition: 0, onRecord: () => undefined }),
} as const;

interface Connection {
  readonly bootstrapServers: readonly string[];
  readonly clientId: string;
}

/** Lines that clients print, with a print function that throws and so ends them. */
async function printed(begin: () => readonly Promise<unknown>[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const print = jest.spyOn(console, 'error').mockImplementation((line: string) => {
    lines.push(line);
    throw new Error('told');
  });
  try {
    await Promise.allSettled(begin());
  } finally {
    print.mockRestore();
  }
  return lines;
}

it.each([
  ['a closed port', async () => `${HOST}:${await freePort()}`],
  ['a host that has no address', () => Promise.resolve('nobody.invalid:9092')],
] as const)(
  'clients of %s each print one line with the server, and end with the error of the print function',
  async (_, address) => {
    const server = await address();
    const lines = await printed(() =>
      Object.entries(BEGIN).map(([clientId, begin]) => begin({ bootstrapServers: [server], clientId })),
    );
    const said = Object.keys(BEGIN).map((clientId) =>
      lines.filter((line) => line.includes(`client ${clientId} keeps trying`)),
    );
    const one: unknown = [expect.stringMatching(`^kafka: no answer from ${server} \\(.+\\) for \\d+\\.\\d s; client`)];
    expect(said).toEqual(Array<unknown>(said.length).fill(one));
  },
);

it('a serde prints the address of a registry that does not answer', async () => {
  const registry = `http://${HOST}:${await freePort()}`;
  const lines = await printed(() => [clients.openSerde({ registry, topics: ['invoices'] })]);
  expect(lines).toEqual([
    expect.stringMatching(`^kafka: no answer from ${registry} \\(ECONNREFUSED\\) for .+; the serde keeps trying$`),
  ]);
});

describe('a server that accepts connections', () => {
  const servers: Server[] = [];
  const accepting = async (treat: (socket: Socket) => void): Promise<string> => {
    const server: Server = createServer(treat).listen(0, HOST);
    servers.push(server);
    await once(server, 'listening');
    return `${HOST}:${(server.address() as AddressInfo).port}`;
  };
  afterAll(() => servers.forEach((server) => server.close()));

  it.each([
    ['closes them', (socket: Socket): void => void socket.end(), 'the connection was closed without an answer'],
    ['is no broker', (socket: Socket): void => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'no Kafka broker'],
  ] as const)('and %s is reported', async (_, treat, reason) => {
    const server = await accepting(treat);
    const [line = ''] = await printed(() => [BEGIN.consumer({ bootstrapServers: [server], clientId: 'c' })]);
    expect(line).toContain(`no answer from ${server} (`);
    expect(line).toContain(reason);
  });
});
