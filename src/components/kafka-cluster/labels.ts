import { selectorLabels } from '../../kubernetes/labels';
import type { Naming } from '../../kubernetes/naming';
import { KAFKA_CLUSTER } from './names';
import type { NodePool } from './node-pool-props';

type Labels = Record<string, string>;

/** Identity of all nodes, whatever their roles. */
export const BROKER_IDENTITY = { application: 'kafka', component: KAFKA_CLUSTER } as const;

/** Label of the pods of one node pool. */
export const POOL_LABEL = 'kafka-platform/node-pool';

/** Labels of the pods that have a role. */
export const ROLE_LABELS = {
  broker: 'kafka-platform/broker-role',
  controller: 'kafka-platform/controller-role',
} as const;

type Role = keyof typeof ROLE_LABELS;

/** Selects the pods of one pool. */
export const poolSelector = (naming: Pick<Naming, 'name'>, { name }: Pick<NodePool, 'name'>): Labels => ({
  ...selectorLabels(naming, BROKER_IDENTITY),
  [POOL_LABEL]: name,
});

/** Selects the pods that have a role, in whatever pool. */
export const roleSelector = (naming: Pick<Naming, 'name'>, role: Role): Labels => ({
  ...selectorLabels(naming, BROKER_IDENTITY),
  ...ofRole(role),
});

/** What says of a pod which pool and which roles it has. */
export const poolLabels = ({ name, roles }: Pick<NodePool, 'name' | 'roles'>): Labels =>
  Object.assign({ [POOL_LABEL]: name }, ...roles.map(ofRole)) as Labels;

const ofRole = (role: Role): Labels => ({ [ROLE_LABELS[role]]: 'true' });
