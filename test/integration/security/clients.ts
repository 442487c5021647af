import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectKafka, withAdmin } from '../../../src/client/kafka-client';
import { clientConnection, userConnection } from '../../../src/local/security/connections';
import { usersOf } from '../../../src/platform/users';
import { until } from '../../support/until';
import { writeOnce } from '../../support/write-once';
import { broker, config, directory } from './broker';

const brokerLog = (): string => readFileSync(broker.cluster.directory.log(0), 'utf8');

/** All files of the platform but those of the passwords. */
const otherFiles = (): readonly string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(directory, 'users')))
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
    await expect(withAdmin(kafka, (admin) => admin.listTopics())).rejects.toThrow(/login of viewer is refused/);
    password = known;
    expect(await withAdmin(kafka, (admin) => admin.listTopics())).toContain('orders');
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
