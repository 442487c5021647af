import { UserError } from '../validation/user-error';

/** Types of resources that ACLs are about, by the names of Kafka's tools. */
export const RESOURCE_TYPES = {
  Topic: 2,
  Group: 3,
  Cluster: 4,
  TransactionalId: 5,
  DelegationToken: 6,
  User: 7,
} as const;

export type ResourceType = keyof typeof RESOURCE_TYPES;

/** `Literal`: the resource of this name, or all with the name `*`. `Prefixed`: those whose names begin with it. */
export const PATTERNS = { Literal: 3, Prefixed: 4 } as const;

export type Pattern = keyof typeof PATTERNS;

/** `Read`, `Write`, `Delete` and `Alter` include `Describe`; `AlterConfigs` includes `DescribeConfigs`. */
export const OPERATIONS = {
  All: 2,
  Read: 3,
  Write: 4,
  Create: 5,
  Delete: 6,
  Alter: 7,
  Describe: 8,
  ClusterAction: 9,
  DescribeConfigs: 10,
  AlterConfigs: 11,
  IdempotentWrite: 12,
  CreateTokens: 13,
  DescribeTokens: 14,
  TwoPhaseCommit: 15,
} as const;

export type Operation = keyof typeof OPERATIONS;

/** `Deny` has precedence over `Allow`. */
export const PERMISSIONS = { Deny: 2, Allow: 3 } as const;

export type Permission = keyof typeof PERMISSIONS;

/** Matches every value of a field in a filter. */
export const ANY = 1;

/** Name of the only resource of the type `Cluster`. */
export const CLUSTER_NAME = 'kafka-cluster';

/**
 * The name of a code.
 * @throws {UserError} for a code of a newer release, because what it grants is not known
 */
export function nameOf<Name extends string>(codes: Readonly<Record<Name, number>>, code: number): Name {
  const found = (Object.keys(codes) as Name[]).find((name) => codes[name] === code);
  if (found !== undefined) return found;
  throw new UserError(
    `The cluster has an ACL with the code ${code}; known: ${Object.entries(codes)
      .map(([name, known]) => `${String(known)} (${name})`)
      .join(', ')}.`,
    'use a release of this platform that knows it, or remove the ACL with kafka-acls.sh',
  );
}
