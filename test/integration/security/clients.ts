import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { connectKafka, withAdmin } from '../../../src/client/kafka-client';
import { applyUsers } from '../../../src/components/users/apply';
import type { User } from '../../../src/components/users/props';
import { verifyUsers } from '../../../src/components/users/verify';
import { clientConnection, userConnection } from '../../../src/local/security/connections';
import { silentProgress } from '../../../src/console/progress';
import { localRuntime } from '../../../src/local/runtime';
import { localClientFile } from '../../../src/local/security/client-file';
import { localUserTarget } from '../../../src/local/security/users';
import { usersOf } from '../../../src/platform/users';
import { until } from '../../support/until';
import { writeOnce } from '../../support/write-once';
import { broker, config, directory } from './broker';

const brokerLog = (): string => readFileSync(broker.cluster.directory.log(0), 'utf8');

/** All files of the platform but those of the passwords, and those of Kafka's own tools. */
const otherFiles = (): readonly string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(({ parentPath }) => !['users', 'clients'].some((name) => parentPath === join(directory, name)))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

describe('the clients of applications', () => {
  it('write and read as their users', async () => {
    await writeOnce(connectKafka(userConnection(broker.cluster, 'producer')), 'orders', [{ value: 'first' }]);
    const kafka = connectKafka(userConnection(broker.cluster, 'consumer'));
    const consumer = kafka.consumer({ groupId: 'billing' });
    await consumer.connect();
    try {
      await consumer.subscribe({ topic: 'orders', fromBeginning: true });
      const seen = new Promise<string | undefined>((done) => {
        void consumer.run({
          eachMessage: ({ message }) => {
            done(message.value?.toString());
            return Promise.resolve();
          },
        });
      });
      expect(await seen).toBe('first');
    } finally {
      await consumer.disconnect();
    }
  });

  it('are refused what their users may not do, and brokers log it', async () => {
    // An idempotent producer whose user may write no topic is told that of the cluster.
    const none = connectKafka(userConnection(broker.cluster, 'reader'));
    await expect(writeOnce(none, 'orders', [{ value: 'no' }])).rejects.toThrow(/Cluster authorization failed/);
    const another = connectKafka(userConnection(broker.cluster, 'producer'));
    await expect(writeOnce(another, 'payments', [{ value: 'no' }])).rejects.toThrow(/Not authorized to access topics/);
    await until(() => brokerLog().includes('Principal = User:producer is Denied operation = DESCRIBE'));
  });

  it('log in with the password as it is at each connection', async () => {
    let password = 'wrong';
    const known = readFileSync(broker.cluster.directory.password('viewer'), 'utf8').trim();
    const sasl = { mechanism: 'scram-sha-512', username: 'viewer', password: () => password } as const;
    const kafka = connectKafka({ ...clientConnection(broker.cluster, 'viewer'), sasl });
    await expect(withAdmin(kafka, (admin) => admin.listTopics())).rejects.toThrow(/refuses the login of viewer/);
    password = known;
    expect(await withAdmin(kafka, (admin) => admin.listTopics())).toContain('orders');
  });
});

describe('Kafka’s own tools', () => {
  const TOPIC_COMMAND = 'org.apache.kafka.tools.TopicCommand';

  async function topicsListedBy(user?: string): Promise<readonly string[]> {
    const { file, servers } = localClientFile(broker.cluster, user);
    const { java, classPath } = await localRuntime(config, silentProgress);
    const args = ['--list', '--bootstrap-server', servers.join(','), '--command-config', file];
    const { stdout } = await promisify(execFile)(java, ['-Xmx128m', '-cp', classPath, TOPIC_COMMAND, ...args]);
    return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('__'));
  }

  it('connect with the file of a user, and see what it may', async () => {
    expect(await topicsListedBy('producer')).toEqual(['orders']);
  });

  it('connect with the file of an administrator', async () => {
    expect(await topicsListedBy()).toEqual(['kafkasql-journal', 'orders', 'payments', 'platform-smoke']);
  });
});

describe('a password is changed without a failed request', () => {
  const NAME = 'viewer';

  /** Time in which one side has the new password and the other does not. */
  const BETWEEN_MS = 1_500;

  const passwordFile = (): string => broker.cluster.directory.password(NAME);
  const write = (password: string): void => writeFileSync(passwordFile(), `${password}\n`);

  /** Gives the brokers a password, whatever the file says. */
  const apply = async (password: string): Promise<void> => {
    const target = localUserTarget(broker.cluster);
    const passwordOf = (user: User) => (user.name === NAME ? Promise.resolve(password) : target.passwordOf(user));
    await applyUsers({ ...target, passwordOf });
  };

  const ORDERS: Readonly<Record<string, (password: string) => Promise<void>>> = {
    'the client has the new one first': async (password) => {
      write(password);
      await delay(BETWEEN_MS);
      await apply(password);
    },
    'the brokers have the new one first': async (password) => {
      await apply(password);
      await delay(BETWEEN_MS);
      write(password);
    },
  };

  it.each(Object.entries(ORDERS))('%s', async (order, change) => {
    const connection = userConnection(broker.cluster, NAME);
    const kafka = connectKafka(connection);
    const ask = (): Promise<unknown> => withAdmin(kafka, (admin) => admin.listTopics());
    await ask();
    const end = new AbortController();
    const changed = change(`new, ${order}`).finally(() => end.abort());
    let asked = 0;
    // Each asks on new connections.
    for (; !end.signal.aborted; asked += 1) await ask();
    await changed;
    await ask();
    expect(asked).toBeGreaterThan(1);
    expect((await verifyUsers(localUserTarget(broker.cluster))).differences).toEqual([]);
  });
});

it('no password is in another file of the platform, such as a log', () => {
  const files = otherFiles();
  expect(files).toContain(broker.cluster.directory.log(0));
  const passwords = usersOf(config).map(({ name }) =>
    readFileSync(broker.cluster.directory.password(name), 'utf8').trim(),
  );
  const telling = files.filter((file) => passwords.some((password) => readFileSync(file).includes(password)));
  expect(telling).toEqual([]);
});
