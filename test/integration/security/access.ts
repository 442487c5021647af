import { writeFileSync } from 'node:fs';
import { aclsOf, type AclBinding } from '../../../src/components/users/acls';
import type { User } from '../../../src/components/users/props';
import { RESOURCE_OPERATIONS, type RoleResource } from '../../../src/components/users/resource-operations';
import { verifyUsers } from '../../../src/components/users/verify';
import { userConnection } from '../../../src/local/security/connections';
import { applyLocalUsers, localUserTarget } from '../../../src/local/security/users';
import { usersOf } from '../../../src/platform/users';
import { OPERATIONS, type Operation } from '../../../src/protocol/acl-codes';
import type { ServerConnection } from '../../../src/protocol/connection';
import { onCluster, onGroup, onTopic, onTransactionalId, type Authorized } from '../../support/authorized-operations';
import { GROUPS, broker, config } from './broker';

describe('who may do what', () => {
  /** Resources of every kind that a role may be about, and others. */
  const RESOURCES: readonly (readonly [RoleResource, string])[] = [
    ['Topic', 'orders'],
    ['Topic', 'payments'],
    ['Topic', 'kafkasql-journal'],
    ['Topic', 'platform-smoke'],
    ...GROUPS.map((name) => ['Group', name] as const),
    ['TransactionalId', 'billing.orders.0'],
    ['TransactionalId', 'platform-smoke-1'],
    ['Cluster', 'kafka-cluster'],
  ];

  /** What Kafka lets a user do who may do something else. */
  const INCLUDED: Partial<Readonly<Record<Operation, readonly Operation[]>>> = {
    Describe: ['Read', 'Write', 'Delete', 'Alter'],
    DescribeConfigs: ['AlterConfigs'],
  };

  const isAbout = ({ resourceType, name, pattern }: AclBinding, [type, resource]: readonly [RoleResource, string]) =>
    resourceType === type && (pattern === 'Prefixed' ? resource.startsWith(name) : name === '*' || name === resource);

  function expected({ roles }: User, resource: readonly [RoleResource, string]): Authorized {
    const granted = aclsOf(roles)
      .filter((acl) => isAbout(acl, resource))
      .map(({ operation }) => operation);
    return RESOURCE_OPERATIONS[resource[0]].filter((operation) =>
      granted.some((one) => one === operation || INCLUDED[operation]?.includes(one)),
    );
  }

  function actual(user: User, [type, name]: readonly [RoleResource, string]): Promise<Authorized> {
    const connection = userConnection(broker.cluster, user.name);
    const to: ServerConnection = { ...connection, server: connection.bootstrapServers[0] ?? '' };
    switch (type) {
      case 'Topic':
        return onTopic(to, name);
      case 'Group':
        return onGroup(to, name);
      case 'TransactionalId':
        return onTransactionalId(to, name);
      case 'Cluster':
        return onCluster(to);
    }
  }

  /** Operations whose answers brokers do not report by themselves, and which are not tried. */
  const UNTRIED: readonly Operation[] = ['TwoPhaseCommit'];

  it.each(usersOf(config).map((user) => [user.name, user] as const))(
    '%s: exactly what its roles say',
    async (_, user) => {
      for (const resource of RESOURCES) {
        const order = (all: Authorized): Authorized =>
          (Object.keys(OPERATIONS) as Operation[]).filter((one) => all.includes(one) && !UNTRIED.includes(one));
        expect([...resource, ...order(await actual(user, resource))]).toEqual([
          ...resource,
          ...order(expected(user, resource)),
        ]);
      }
    },
  );

  it('the cluster agrees with the configuration, and a second application changes nothing', async () => {
    expect(await verifyUsers(localUserTarget(broker.cluster))).toEqual({ differences: [], untried: [] });
    const notes: string[] = [];
    await applyLocalUsers(broker.cluster, (note) => notes.push(note));
    expect(notes.at(-1)).toBe(`${usersOf(config).length} unchanged`);
  });

  it('a password that was changed in its file is found by a trial login, and applied', async () => {
    writeFileSync(broker.cluster.directory.password('reader'), 'another password\n');
    const { differences } = await verifyUsers(localUserTarget(broker.cluster));
    expect(differences).toEqual([expect.stringMatching(/^reader: password: /)]);
    await applyLocalUsers(broker.cluster, () => undefined);
    expect((await verifyUsers(localUserTarget(broker.cluster))).differences).toEqual([]);
  });
});
