import { usersSchema, type UserDefinition } from '../../../../src/components/users/props';
import { consumes, grants, produces, reads, retries, schemaRegistry } from '../../../../src/components/users/roles';
import { usersRules } from '../../../../src/components/users/rules';
import type { Finding } from '../../../../src/validation/rule';

const CHAIN = ['orders.billing.retry.5s', 'orders.billing.dlq'];

const findings = (
  users: readonly UserDefinition[],
  topics: readonly string[] = ['orders', ...CHAIN],
): readonly Finding[] => {
  const settings = { users: usersSchema.parse(users), topics: topics.map((name) => ({ name })) };
  return usersRules.flatMap((rule) => rule.check(settings));
};

type Roles = NonNullable<UserDefinition['roles']>;

const ofRoles = (...roles: Roles): readonly Finding[] => findings([{ name: 'api', roles }]);

const chain = { topic: 'orders', group: 'billing', delays: ['5s'] } as const;

it('accepts users whose topics exist', () => {
  const roles: Roles = [
    produces('orders'),
    reads('orders'),
    consumes('orders', { group: 'billing' }),
    retries(chain),
    grants({ resourceType: 'Topic', name: 'elsewhere' }, 'Read'),
    grants({ resourceType: 'Topic', name: '*' }, 'Describe'),
    grants({ resourceType: 'Cluster', name: 'kafka-cluster' }, 'Describe'),
    schemaRegistry(['_schemas'], { groupPrefix: 'registry' }),
  ];
  expect(findings([{ name: 'api', roles }, { name: 'registry.1' }])).toEqual([]);
});

it('refuses a user that occurs twice', () => {
  expect(findings([{ name: 'a' }, { name: 'b' }, { name: 'a' }])).toMatchObject([
    { path: ['users', 2, 'name'], message: "user 'a' occurs twice" },
  ]);
});

it.each([produces('oders'), reads('oders'), consumes('oders', { group: 'billing' })])(
  'refuses %j, with the nearest topic',
  (role) => {
    expect(ofRoles(produces('orders'), role)).toMatchObject([
      {
        path: ['users', 0, 'roles', 1, 'topic'],
        message: "there is no topic 'oders' in the catalogue; the nearest is orders",
      },
    ]);
  },
);

it('refuses a retry chain whose topics do not exist', () => {
  expect(ofRoles(retries({ ...chain, delays: ['5s', '1m'] }))).toMatchObject([
    {
      path: ['users', 0, 'roles', 0, 'delays'],
      message: expect.stringMatching(/: orders\.billing\.retry\.1m$/) as string,
    },
  ]);
  expect(findings([{ name: 'api', roles: [retries(chain)] }], CHAIN)).toMatchObject([
    { path: ['users', 0, 'roles', 0, 'topic'] },
  ]);
});

it('refuses operations that brokers never ask of the resource', () => {
  const role = {
    ...grants({ resourceType: 'Topic', name: 'orders' }, 'Read'),
    operations: ['Read', 'IdempotentWrite'],
  };
  expect(ofRoles(role as Roles[number])).toMatchObject([
    {
      path: ['users', 0, 'roles', 0, 'operations', 1],
      message: expect.stringMatching(/^brokers never ask for IdempotentWrite of a Topic/) as string,
      allowed: 'Read, Write, Create, Delete, Alter, Describe, DescribeConfigs, AlterConfigs',
    },
  ]);
});

it.each([
  ['another name of the cluster', grants({ resourceType: 'Cluster', name: 'mine' }, 'Describe'), 'name'],
  [
    'clusters whose names begin alike',
    grants({ resourceType: 'Cluster', name: 'kafka-cluster', pattern: 'Prefixed' }, 'Describe'),
    'pattern',
  ],
  ['names that begin with *', grants({ resourceType: 'Group', name: '*', pattern: 'Prefixed' }, 'Read'), 'pattern'],
])('refuses %s', (_, role, setting) => {
  expect(ofRoles(role)).toMatchObject([{ path: ['users', 0, 'roles', 0, setting] }]);
});
