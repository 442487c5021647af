import type { Operation, ResourceType } from '../../protocol/acl-codes';

/**
 * Operations that brokers ask for, by the resource that they ask it of. They accept ACLs of any other pair, too, which
 * then have no effect. Source: Kafka's `AclEntry.supportedOperations` in 4.3.
 */
export const RESOURCE_OPERATIONS = {
  Topic: ['Read', 'Write', 'Create', 'Delete', 'Alter', 'Describe', 'DescribeConfigs', 'AlterConfigs'],
  Group: ['Read', 'Delete', 'Describe', 'DescribeConfigs', 'AlterConfigs'],
  Cluster: ['Create', 'Alter', 'Describe', 'ClusterAction', 'DescribeConfigs', 'AlterConfigs', 'IdempotentWrite'],
  TransactionalId: ['Write', 'Describe', 'TwoPhaseCommit'],
} as const satisfies Partial<Readonly<Record<ResourceType, readonly Operation[]>>>;

/** Types of resources that roles are about. */
export type RoleResource = keyof typeof RESOURCE_OPERATIONS;

export type OperationOf<R extends RoleResource> = (typeof RESOURCE_OPERATIONS)[R][number];

/** All operations of all these resources. */
export const ROLE_OPERATIONS = [...new Set(Object.values(RESOURCE_OPERATIONS).flat())];
