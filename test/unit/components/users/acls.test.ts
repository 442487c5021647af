import { retryChain } from '../../../../src/components/topics/retry-chain';
import { SMOKE_PREFIX, aclsOf, type AclBinding } from '../../../../src/components/users/acls';
import { RESOURCE_OPERATIONS } from '../../../../src/components/users/resource-operations';
import type { Role } from '../../../../src/components/users/role-props';
import {
  consumes,
  describesAll,
  grants,
  inspectsTransactions,
  produces,
  reads,
  readsAll,
  retries,
  schemaRegistry,
  smokeTests,
  transactional,
} from '../../../../src/components/users/roles';
import { SMOKE_TOPIC } from '../../../../src/smoke/topic';
import { days, kibibytesPerSecond } from '../../../../src/validation/units';

const orders = {
  name: 'orders',
  partitions: 6,
  keyed: true,
  retentionMs: days(1),
  expectedIngress: kibibytesPerSecond(1),
} as const;

const chain = retryChain(orders, 'billing', ['5s', '1m']);

/** `Write Topic orders`, with the pattern at the end if it is not literal. */
const words = ({ operation, resourceType, name, pattern }: AclBinding): string =>
  `${operation} ${resourceType} ${name}${pattern === 'Literal' ? '' : ` ${pattern}`}`;

const ROWS: readonly (readonly [role: Role, acls: readonly string[]])[] = [
  [produces('orders'), ['Write Topic orders']],
  [reads('orders'), ['Read Topic orders']],
  [consumes('orders', { group: 'billing' }), ['Read Topic orders', 'Read Group billing']],
  [transactional('billing.'), ['Write TransactionalId billing. Prefixed']],
  [
    retries(chain),
    [
      'Read Topic orders',
      'Read Group billing',
      'Write TransactionalId billing.orders. Prefixed',
      'Read Topic orders.billing.retry.5s',
      'Read Group billing.retry.5s',
      'Write TransactionalId billing.retry.5s.orders.billing.retry.5s. Prefixed',
      'Write Topic orders.billing.retry.5s',
      'Read Topic orders.billing.retry.1m',
      'Read Group billing.retry.1m',
      'Write TransactionalId billing.retry.1m.orders.billing.retry.1m. Prefixed',
      'Write Topic orders.billing.retry.1m',
      'Write Topic orders.billing.dlq',
    ],
  ],
  [
    grants({ resourceType: 'Topic', name: 'connect-', pattern: 'Prefixed' }, 'Read', 'Create'),
    ['Read Topic connect- Prefixed', 'Create Topic connect- Prefixed'],
  ],
  [describesAll(), ['Describe Topic *', 'Describe Group *']],
  [inspectsTransactions(), ['Read Topic *', 'Describe TransactionalId *']],
  [
    readsAll(),
    [
      'Describe Cluster kafka-cluster',
      'DescribeConfigs Cluster kafka-cluster',
      'Read Topic *',
      'DescribeConfigs Topic *',
      'Describe Group *',
    ],
  ],
  [
    schemaRegistry(['_schemas'], { groupPrefix: 'schema-registry' }),
    [
      'Read Topic _schemas',
      'Write Topic _schemas',
      'DescribeConfigs Topic _schemas',
      'Read Group schema-registry Prefixed',
    ],
  ],
  [
    smokeTests(),
    [
      'Read Topic platform-smoke Prefixed',
      'Write Topic platform-smoke Prefixed',
      'Read Group platform-smoke Prefixed',
      'Delete Group platform-smoke Prefixed',
      'Write TransactionalId platform-smoke Prefixed',
    ],
  ],
];

it.each(ROWS)('%j has these ACLs', (role, expected) => {
  expect(aclsOf([role]).map(words)).toEqual(expected);
});

it.each(ROWS)('brokers ask for each ACL of %j', (role) => {
  const senseless = aclsOf([role]).filter(({ resourceType, operation }) => {
    const known: readonly string[] = RESOURCE_OPERATIONS[resourceType];
    return !known.includes(operation);
  });
  expect(senseless).toEqual([]);
});

it('roles in common have an ACL once', () => {
  const roles = [consumes('orders', { group: 'a' }), consumes('payments', { group: 'a' }), reads('orders')];
  expect(aclsOf(roles).map(words)).toEqual(['Read Topic orders', 'Read Group a', 'Read Topic payments']);
});

it('a retry chain has ACLs of all its topics', () => {
  const names = aclsOf([retries(chain)]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(chain.topics.map(({ name }) => name)));
});

it('the topic of the smoke test has the prefix of its role', () => {
  expect(SMOKE_TOPIC.startsWith(SMOKE_PREFIX)).toBe(true);
});
