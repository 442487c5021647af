import { BROKER_IDENTITY, POOL_LABEL, ROLE_LABELS } from '../components/kafka-cluster/labels';
import type { Platform } from '../platform/load';
import { commandLine } from '../validation/command-line';
import type { Problem } from '../validation/problems';
import type { StorageFacts } from './claims';
import type { FormedFacts } from './formed';
import type { StatefulSet } from './objects';

type Role = keyof typeof ROLE_LABELS;

/** A node pool of the cluster, by the labels of its StatefulSet. */
interface FormerPool {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly ids: readonly number[];
}

/** Roles of the nodes of a set, by its labels; none for sets of before 0.2. */
export const rolesOf = ({ labels = {} }: Pick<StatefulSet['metadata'], 'labels'>): readonly Role[] =>
  (Object.keys(ROLE_LABELS) as Role[]).filter((role) => labels[ROLE_LABELS[role]] !== undefined);

/** Brokers of pools that are no part of the configuration any more. */
export const brokersOfGonePools = (config: Platform, facts: StorageFacts): readonly number[] =>
  goneFrom(config, facts).flatMap(({ roles, ids }) => (roles.includes('broker') ? ids : []));

/** What cannot become of a pool: its roles stay, controllers stay, and brokers stay that hold replicas. */
export const formerPoolProblems = (config: Platform, facts: FormedFacts): readonly Problem[] => [
  ...goneFrom(config, facts).flatMap((pool) => goneProblems(pool, facts)),
  ...rolesChanged(config, facts),
];

const goneFrom = ({ brokers }: Platform, facts: StorageFacts): readonly FormerPool[] =>
  formerPools(facts).filter(({ name }) => brokers.nodePools.every((pool) => pool.name !== name));

const formerPools = ({ statefulSets }: StorageFacts): readonly FormerPool[] =>
  statefulSets.flatMap(({ metadata: { labels = {} }, spec }: StatefulSet) => {
    const name = labels[POOL_LABEL];
    if (name === undefined || labels['app.kubernetes.io/component'] !== BROKER_IDENTITY.component) return [];
    const { start } = spec.ordinals ?? { start: 0 };
    return [
      {
        name,
        roles: rolesOf({ labels }),
        ids: Array.from({ length: spec.replicas }, (_, index) => start + index),
      },
    ];
  });

function goneProblems({ name, roles, ids }: FormerPool, { context, held }: FormedFacts): readonly Problem[] {
  const at = { path: 'brokers.nodePools', value: `no pool ${name}` };
  if (roles.includes('controller')) {
    return [
      {
        ...at,
        message: `the pool ${name} in ${context} has controllers, ${ids.join(', ')}: the quorum keeps the voters that formed it`,
        allowed: `the pool ${name} as it was`,
        fix: 'add the pool again, or form a new cluster in another namespace and move the data',
      },
    ];
  }
  const holding = ids.filter((id) => held === undefined || (held.get(id) ?? 0) > 0);
  if (holding.length === 0) return [];
  return [
    {
      ...at,
      message:
        held === undefined
          ? `the pool ${name} in ${context} has brokers, ${ids.join(', ')}, that may hold replicas, and the cluster does not answer`
          : `the pool ${name} in ${context} has brokers that hold replicas: ${holding.join(', ')}`,
      allowed: `the pool ${name} as it was, until its brokers hold nothing`,
      fix: `add the pool again, run \`${commandLine(`brokers drain ${ids.join(' ')}`)}\`, then deploy without it`,
    },
  ];
}

function rolesChanged({ brokers }: Platform, facts: StorageFacts): readonly Problem[] {
  const former = formerPools(facts);
  return brokers.nodePools.flatMap(({ name, roles }, index): readonly Problem[] => {
    const found = former.find((pool) => pool.name === name);
    // Sets of before 0.2 have no labels of roles.
    if (found === undefined || found.roles.length === 0 || sorted(found.roles) === sorted(roles)) return [];
    return [
      {
        path: `brokers.nodePools.${index}.roles`,
        value: roles.join(', '),
        message: `the pool ${name} in ${facts.context} has the roles ${found.roles.join(', ')}, and a node keeps the roles with which its disk was formatted`,
        allowed: `${found.roles.join(', ')}, as long as this pool exists`,
        fix: 'restore the roles, or add a pool with other ids',
      },
    ];
  });
}

const sorted = (roles: readonly Role[]): string => [...roles].sort().join();
