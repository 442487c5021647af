import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alreadyEncoded } from '../../../src/client/encoded';
import { EventProducer } from '../../../src/client/producer/event-producer';
import { applyTopics } from '../../../src/components/topics/apply';
import { verifyTopics } from '../../../src/components/topics/verify';
import { createTopics, existingTopics, type NewTopic } from '../../../src/protocol/create-topics';
import { deleteTopics } from '../../../src/protocol/delete-topics';
import { ask } from '../../../src/protocol/request';
import { programOutcome, type Outcome } from '../../support/program-outcome';
import { brokers } from './brokers';

const CONFIG = ['--config', 'examples/catalogue/platform.ts'];

const outcomeOf = (command: string, ...args: readonly string[]): Promise<Outcome> =>
  programOutcome(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', command, ...args, ...CONFIG]);

const deadLetters = (...args: readonly string[]) =>
  outcomeOf('dead-letters', ...args, '--bootstrap', brokers.platform.connection.bootstrapServers.join(','));

/** A line of a stack trace. */
const STACK = /^ +at /m;

describe('dead letter records with unexpected contents', () => {
  const NANOSECONDS = 1_795_914_000_123_456_789n;
  const args = ['--group', 'analytics', '--partition', '7'];

  beforeAll(async () => {
    const { connection } = brokers.platform;
    const odd = [
      { key: Buffer.from([0xff, 0x00]), value: null, timestamp: NANOSECONDS },
      { key: 'a\u001b[2Jb', value: null, timestamp: -1n, headers: { '__dlq.errors.delivery.count': 'many' } },
      { key: null, value: alreadyEncoded<'page-views.analytics.dlq'>(Buffer.of(1)), timestamp: 0 },
    ];
    const producer = new EventProducer({ connection, batchRecords: 1 });
    const sent = odd.map((record) => producer.send('page-views.analytics.dlq', { ...record, partition: 7 }));
    expect((await Promise.all(sent)).map(({ outcome }) => outcome)).toEqual(odd.map(() => 'delivered'));
    await producer.close(5_000);
  });

  it('are listed with exact timestamp, key and whether they are tombstones', async () => {
    const { stdout, stderr, code } = await deadLetters('list', ...args);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout.trimEnd().split('\n')).toEqual([
      '7@0  from ?  key 0xff00  tombstone  1795914000123456789  after ? attempts  ',
      '7@1  from ?  key a\\x1b[2Jb  tombstone  -1  after ? attempts  ',
      '7@2  from ?  without a key  1970-01-01T00:00:00.000Z  after ? attempts  ',
      'page-views.analytics.dlq: 3 dead letter records, 0 replayed',
    ]);
  });

  it('are listed as JSON', async () => {
    const { stdout, code } = await deadLetters('list', ...args, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { offset: '0', time: '1795914000123456789', key: '0xff00', tombstone: true, attempts: null },
      { offset: '1', time: '-1', key: 'a\u001b[2Jb', tombstone: true, attempts: null },
      { offset: '2', time: '1970-01-01T00:00:00.000Z', key: null, tombstone: false },
    ]);
  });

  it('are not replayed if the topic refuses them, which is reported without a stack trace', async () => {
    const { stderr, code } = await deadLetters('replay', ...args, '--to', '0', '--apply');
    expect(stderr).toMatch(
      /does not fit what page-views allows[\s\S]*page-views-7 refuses the record[\s\S]*INVALID_TIMESTAMP[\s\S]*fix: /,
    );
    expect(stderr).not.toMatch(STACK);
    expect(code).toBe(1);
  });
});

describe('a foreign server', () => {
  const server = createServer((request, response) => {
    const { status, body } = answer;
    response.writeHead(status).end(body);
  });
  let answer = { status: 200, body: '<html>' };
  let address = '';

  beforeAll(async () => {
    server.on('clientError', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => server.close());

  it.each([
    ['dead-letters', ['list', '--group', 'email']],
    ['topics', ['plan']],
  ])('ends %s with a sentence', async (command, args) => {
    for (const bootstrap of [address, '127.0.0.1:1']) {
      const { stderr, code } = await outcomeOf(command, ...args, '--bootstrap', bootstrap);
      expect(stderr).toContain(`No broker answers (${bootstrap}: `);
      expect(stderr).toContain('fix: ');
      expect(stderr).not.toMatch(STACK);
      expect(code).toBe(1);
    }
  });

  it.each([
    [200, '<html>'],
    [500, 'not now'],
  ])('ends schemas with a sentence: a registry that answers %i %s', async (status, body) => {
    answer = { status, body };
    const { stderr, code } = await outcomeOf('schemas', 'plan', '--registry', `http://${address}`);
    expect(stderr).toContain(address);
    expect(stderr).toContain('fix: ');
    expect(stderr).not.toMatch(STACK);
    expect(code).toBe(1);
  });
});

it('apply recreates a topic that is deleted during verification', async () => {
  const { connection } = brokers.platform;
  const topic = 'platform-smoke';
  const program = ['--import', 'tsx', 'test/support/delete-topic.ts', connection.bootstrapServers.join(','), topic];
  await applyTopics({
    connection,
    topics: brokers.config.topics,
    onProgress: (text) => {
      if (text === 'verifying') spawnSync(process.execPath, program);
    },
  });
  expect(await verifyTopics({ connection, topics: brokers.config.topics })).toEqual([]);
});

it('apply asks the controller for the topics, because brokers learn of a deletion later', async () => {
  const { connection } = brokers.platform;
  const timing = { timeoutMs: 40_000 };
  const [here, gone] = ['here', 'gone'].map((topic) => ({ topic, partitions: 1, replicationFactor: 3, settings: {} }));
  const both = [here, gone] as readonly NewTopic[];
  const options = { validateOnly: false, timeoutMs: 30_000 };
  for (let round = 0; round < 5; round++) {
    expect(await ask(connection, createTopics(both, options), timing)).toEqual([]);
    expect(await ask(connection, existingTopics(both, 30_000), timing)).toEqual(['here', 'gone']);
    expect(await ask(connection, deleteTopics(['gone'], 30_000), timing)).toEqual([]);
    expect(await ask(connection, existingTopics(both, 30_000), timing)).toEqual(['here']);
  }
});
