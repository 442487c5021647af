import {
  OPERATIONS,
  PATTERNS,
  PERMISSIONS,
  RESOURCE_TYPES,
  nameOf,
  type Operation,
  type Pattern,
  type Permission,
  type ResourceType,
} from './acl-codes';
import { explainKafkaError } from './kafka-errors';
import type { Decoder, Encoder } from './protocol';
import { requireOk } from './request';

/** What a principal may or may not do. */
export interface Acl {
  readonly resourceType: ResourceType;
  readonly name: string;
  readonly pattern: Pattern;
  /** Such as `User:orders-api`. */
  readonly principal: string;
  /** Address of the client; `*` for any. */
  readonly host: string;
  readonly operation: Operation;
  readonly permission: Permission;
}

/** The resource of an ACL. */
export type AclResource = Pick<Acl, 'resourceType' | 'name' | 'pattern'>;

/** A rejected request about one ACL. */
export interface AclRefusal {
  readonly acl: Acl;
  /** The broker's message if there is one, with Kafka's name of the error. */
  readonly message: string;
}

/** An ACL, or a filter that matches only this one. */
export function encodeAcl(body: Encoder, acl: Acl): void {
  body.int8(RESOURCE_TYPES[acl.resourceType]).string(acl.name).int8(PATTERNS[acl.pattern]);
  body.string(acl.principal).string(acl.host);
  body.int8(OPERATIONS[acl.operation]).int8(PERMISSIONS[acl.permission]).noTags();
}

export const decodeAclResource = (body: Decoder): AclResource => ({
  resourceType: nameOf(RESOURCE_TYPES, body.int8()),
  name: body.string(),
  pattern: nameOf(PATTERNS, body.int8()),
});

export const decodeAclGrant = (body: Decoder): Omit<Acl, keyof AclResource> => ({
  principal: body.string(),
  host: body.string(),
  operation: nameOf(OPERATIONS, body.int8()),
  permission: nameOf(PERMISSIONS, body.int8()),
});

/** An answer about one ACL; answers have the order of the request. */
export interface AclAnswer {
  /** Kafka's error code; 0 if there is no error. */
  readonly code: number;
  readonly message: string | null;
}

/** The rejections among the answers. @throws {KafkaError} if an ACL has no answer */
export function aclRefusals(acls: readonly Acl[], answers: readonly AclAnswer[]): readonly AclRefusal[] {
  if (answers.length !== acls.length) requireOk(-1, `the broker answered for ${answers.length} of ${acls.length} ACLs`);
  return acls.flatMap((acl, index) => {
    const { code = 0, message } = answers[index] ?? {};
    return code === 0 ? [] : [{ acl, message: explainKafkaError(code, message) }];
  });
}
