import { chainTopics, deadLetterTopic } from '../../client/retry/retry-chain';
import { CLUSTER_NAME } from '../../protocol/acl-codes';
import { nearestName, nearestWords } from '../../validation/nearest-name';
import { findingIf, type Finding, type Path, type Rule } from '../../validation/rule';
import { EVERY } from './acls';
import { RESOURCE_OPERATIONS } from './resource-operations';
import type { Role, RoleOf } from './role-props';
import type { UsersSettings } from './users-settings';

/** All rules about users, and about their relation to the topics. */
export const usersRules: readonly Rule<UsersSettings>[] = [
  { reads: ['users'], check: duplicateNames },
  {
    reads: ['users', 'topics'],
    check: (config) => eachRole(config, (path, role) => unknownTopics(path, role, config)),
  },
  { reads: ['users'], check: (config) => eachGrant(config, withoutEffect) },
  { reads: ['users'], check: (config) => eachGrant(config, unusableResource) },
];

function duplicateNames({ users }: UsersSettings): readonly Finding[] {
  return users.flatMap(({ name }, index) =>
    findingIf(users.findIndex((other) => other.name === name) < index, {
      path: ['users', index, 'name'],
      message: `user '${name}' occurs twice`,
      allowed: 'a name that no other user has',
      fix: `rename users.${index}, or move its roles to the first of this name`,
    }),
  );
}

const eachRole = (
  { users }: UsersSettings,
  check: (path: Path, role: Role) => readonly Finding[],
): readonly Finding[] =>
  users.flatMap(({ roles }, user) => roles.flatMap((role, index) => check(['users', user, 'roles', index], role)));

const eachGrant = (
  config: UsersSettings,
  check: (path: Path, role: RoleOf<'grants'>) => readonly Finding[],
): readonly Finding[] => eachRole(config, (path, role) => (role.role === 'grants' ? check(path, role) : []));

function unknownTopics(path: Path, role: Role, { topics }: UsersSettings): readonly Finding[] {
  const names = topics.map(({ name }) => name);
  switch (role.role) {
    case 'produces':
    case 'reads':
    case 'consumes':
      return unknownTopic([...path, 'topic'], role.topic, names);
    case 'retries': {
      const last = deadLetterTopic(role.topic, role.group);
      const missing = chainTopics({ ...role, deadLetterTopic: last }).filter((topic) => !names.includes(topic));
      return [
        ...unknownTopic([...path, 'topic'], role.topic, names),
        ...findingIf(missing.length > 0, {
          path: [...path, 'delays'],
          message: `topics of this retry chain do not exist: ${missing.join(', ')}`,
          allowed: 'the delays of a chain whose topics are in the catalogue',
          fix: 'add the topics of retryChain(…) to topics, or pass that chain to retries(…)',
        }),
      ];
    }
    case 'grants':
    case 'transactional':
    case 'describesAll':
    case 'inspectsTransactions':
    case 'readsAll':
    case 'schemaRegistry':
    case 'smokeTests':
      return [];
  }
}

const unknownTopic = (path: Path, topic: string, names: readonly string[]): readonly Finding[] =>
  findingIf(!names.includes(topic), {
    path,
    message: `there is no topic '${topic}' in the catalogue${nearestWords(nearestName(topic, names))}`,
    allowed: 'names of topics of this configuration',
    fix: `correct the name, or add the topic; for topics that are managed elsewhere, use grants(…)`,
  });

function withoutEffect(path: Path, { resourceType, operations }: RoleOf<'grants'>): readonly Finding[] {
  const known: readonly string[] = RESOURCE_OPERATIONS[resourceType];
  return operations.flatMap((operation, index) =>
    findingIf(!known.includes(operation), {
      path: [...path, 'operations', index],
      message: `brokers never ask for ${operation} of a ${resourceType}: the ACL would have no effect, and they accept it`,
      allowed: known.join(', '),
      fix: 'correct or remove the operation',
    }),
  );
}

function unusableResource(path: Path, { resourceType, name, pattern }: RoleOf<'grants'>): readonly Finding[] {
  const isCluster = resourceType === 'Cluster';
  return [
    ...findingIf(isCluster && name !== CLUSTER_NAME, {
      path: [...path, 'name'],
      message: 'there is one resource of the type Cluster, and brokers refuse any other name',
      allowed: CLUSTER_NAME,
      fix: `set ${[...path, 'name'].join('.')} to ${CLUSTER_NAME}`,
    }),
    ...findingIf(pattern === 'Prefixed' && (isCluster || name === EVERY), {
      path: [...path, 'pattern'],
      message: isCluster
        ? 'there is one resource of the type Cluster'
        : `with the pattern Prefixed, ${EVERY} is a character of the name: no ${resourceType} has it`,
      allowed: 'Literal',
      fix: `set ${[...path, 'pattern'].join('.')} to Literal`,
    }),
  ];
}
