import { deadLetterTopic, retryGroup, retryTopic } from '../../client/retry/retry-chain';
import { CLUSTER_NAME, type Operation, type Pattern } from '../../protocol/acl-codes';
import type { OperationOf, RoleResource } from './resource-operations';
import type { Role, RoleOf } from './role-props';

/** One operation that a role allows, from any host. */
export interface AclBinding {
  readonly resourceType: RoleResource;
  readonly name: string;
  readonly pattern: Pattern;
  readonly operation: Operation;
}

/** Name that stands for all resources of a type. */
export const EVERY = '*';

/** Beginning of the names of the topic, the groups and the transactional ids of the smoke test. */
export const SMOKE_PREFIX = 'platform-smoke';

/**
 * The ACLs of each role; documentation and tests derive from it. `Read` and `Write` include `Describe`, and idempotent
 * writes need nothing else.
 */
export const ROLE_ACLS: { readonly [Name in Role['role']]: (role: RoleOf<Name>) => readonly AclBinding[] } = {
  produces: ({ topic: name }) => topic(name, 'Write'),
  reads: ({ topic: name }) => topic(name, 'Read'),
  consumes: ({ topic: name, group: id }) => [...topic(name, 'Read'), ...group(id, 'Read')],
  transactional: ({ prefix }) => prefixed(transactionalId(prefix, 'Write')),
  retries: ({ topic: source, group: id, delays }) => [
    ...stage(source, id),
    ...delays.flatMap((delay) => {
      const name = retryTopic(source, id, delay);
      return [...stage(name, retryGroup(id, delay)), ...topic(name, 'Write')];
    }),
    ...topic(deadLetterTopic(source, id), 'Write'),
  ],
  grants: ({ resourceType, name, pattern, operations }) =>
    operations.map((operation) => ({ resourceType, name, pattern, operation })),
  describesAll: () => [...topic(EVERY, 'Describe'), ...group(EVERY, 'Describe')],
  inspectsTransactions: () => [...topic(EVERY, 'Read'), ...transactionalId(EVERY, 'Describe')],
  readsAll: () => [
    ...cluster('Describe', 'DescribeConfigs'),
    ...topic(EVERY, 'Read', 'DescribeConfigs'),
    ...group(EVERY, 'Describe'),
  ],
  schemaRegistry: ({ topics, groupPrefix }) => [
    ...topics.flatMap((name) => topic(name, 'Read', 'Write', 'DescribeConfigs')),
    ...prefixed(group(groupPrefix, 'Read')),
  ],
  smokeTests: () =>
    prefixed([
      ...topic(SMOKE_PREFIX, 'Read', 'Write'),
      ...group(SMOKE_PREFIX, 'Read', 'Delete'),
      ...transactionalId(SMOKE_PREFIX, 'Write'),
    ]),
};

/** All ACLs of these roles, each once. */
export function aclsOf(roles: readonly Role[]): readonly AclBinding[] {
  const all = roles.flatMap((role) => (ROLE_ACLS[role.role] as (one: Role) => readonly AclBinding[])(role));
  return [...new Map(all.map((binding) => [JSON.stringify(binding), binding])).values()];
}

/** A consumer of a retry chain reads a topic, and commits in transactions with the ids `<group>.<topic>.<partition>`. */
const stage = (name: string, id: string): readonly AclBinding[] => [
  ...topic(name, 'Read'),
  ...group(id, 'Read'),
  ...prefixed(transactionalId(`${id}.${name}.`, 'Write')),
];

const on =
  <R extends RoleResource>(resourceType: R) =>
  (name: string, ...operations: readonly OperationOf<R>[]): readonly AclBinding[] =>
    operations.map((operation) => ({ resourceType, name, pattern: 'Literal', operation }));

const topic = on('Topic');
const group = on('Group');
const transactionalId = on('TransactionalId');

const cluster = (...operations: readonly OperationOf<'Cluster'>[]): readonly AclBinding[] =>
  on('Cluster')(CLUSTER_NAME, ...operations);

const prefixed = (bindings: readonly AclBinding[]): readonly AclBinding[] =>
  bindings.map((binding) => ({ ...binding, pattern: 'Prefixed' }));
