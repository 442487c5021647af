import { rmSync } from 'node:fs';
import { connectKafka, withAdmin } from '../../../src/client/kafka-client';
import type { UserDefinition } from '../../../src/components/users/props';
import {
  consumes,
  describesAll,
  grants,
  inspectsTransactions,
  produces,
  reads,
  readsAll,
  transactional,
} from '../../../src/components/users/roles';
import type { LocalPlatform } from '../../../src/local/local-platform';
import type { LocalCluster } from '../../../src/local/security/connections';
import { applyLocalUsers } from '../../../src/local/security/users';
import { StateDirectory } from '../../../src/local/state';
import type { Platform } from '../../../src/platform/load';
import { discard, oneBroker, startPlatform, temporaryDirectory } from '../../../tools/support/local-platform';
import { catalogueTopics } from '../../../tools/support/with-catalogue';
import { makeTopics } from '../../support/make-topics';

/** State directory of the platform. */
export const directory = temporaryDirectory();

/** A user for each role that a catalogue may have, and one without any. */
const users: UserDefinition[] = [
  { name: 'producer', roles: [produces('orders')] },
  { name: 'reader', roles: [reads('orders')] },
  { name: 'consumer', roles: [consumes('orders', { group: 'billing' })] },
  { name: 'writer-of-transactions', roles: [produces('payments'), transactional('billing.')] },
  {
    name: 'operator',
    roles: [grants({ resourceType: 'Topic', name: 'pay', pattern: 'Prefixed' }, 'Describe', 'AlterConfigs')],
  },
  { name: 'exporter', roles: [describesAll()] },
  { name: 'inspector', roles: [inspectsTransactions()] },
  { name: 'viewer', roles: [readsAll()] },
  { name: 'nobody' },
];

export const GROUPS = ['billing', 'apicurio-1', 'platform-smoke-1'];
const TOPICS = ['orders', 'payments', 'kafkasql-journal', 'platform-smoke'];

export const config: Platform = oneBroker(directory, { security: { mode: 'tls' }, topics: catalogueTopics, users });

/** One broker for all tests of security, with its users. */
class SecuredBroker {
  private platform: LocalPlatform | undefined;

  /** @throws before the tests, and after them */
  get cluster(): LocalCluster & { readonly config: Platform } {
    if (this.platform === undefined) throw new Error('the broker does not run');
    return { config, layout: this.platform.layout, directory: new StateDirectory(config) };
  }

  async start(): Promise<void> {
    this.platform = await startPlatform(config);
    const { connection } = this.platform;
    await makeTopics(
      connection,
      TOPICS.map((topic) => ({ topic, replicationFactor: 1 })),
    );
    // Brokers tell what a user may do of groups that exist.
    await withAdmin(connectKafka(connection), async (admin) => {
      for (const groupId of GROUPS)
        await admin.setOffsets({ groupId, topic: 'orders', partitions: [{ partition: 0, offset: '0' }] });
    });
    await applyLocalUsers(this.cluster, () => undefined);
  }

  async end(): Promise<void> {
    if (this.platform !== undefined) await discard(this.platform);
    rmSync(directory, { recursive: true });
  }
}

export const broker = new SecuredBroker();

beforeAll(() => broker.start());
afterAll(() => broker.end());
