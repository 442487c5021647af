import { z } from 'zod';
import type { RetryDelay } from '../../client/retry/retry-chain';
import { RESOURCE_OPERATIONS, ROLE_OPERATIONS, type RoleResource } from './resource-operations';

const RESOURCES = Object.keys(RESOURCE_OPERATIONS) as RoleResource[];

const topicName = () => z.string().min(1).meta({ allowed: 'the name of a topic' });
const groupName = () => z.string().min(1).meta({ allowed: 'the id of a consumer group' });
const prefix = (of: string) =>
  z
    .string()
    .min(1)
    .meta({ allowed: `the beginning of ${of}` });

const retryDelay = () =>
  z
    .custom<RetryDelay>((value) => typeof value === 'string' && /^\d+[smh]$/.test(value), 'this is not a delay')
    .meta({
      allowed: 'a delay such as 5s, 1m or 2h',
    });

/** What a user may do. The functions in `roles.ts` make these, and `acls.ts` says which ACLs each of them has. */
export const roleSchema = z
  .discriminatedUnion('role', [
    z.strictObject({ role: z.literal('produces'), topic: topicName() }),
    z.strictObject({ role: z.literal('reads'), topic: topicName() }),
    z.strictObject({ role: z.literal('consumes'), topic: topicName(), group: groupName() }),
    z.strictObject({ role: z.literal('transactional'), prefix: prefix('transactional ids') }),
    z.strictObject({
      role: z.literal('retries'),
      topic: topicName(),
      group: groupName(),
      delays: z.array(retryDelay()),
    }),
    z.strictObject({
      role: z.literal('grants'),
      resourceType: z.enum(RESOURCES).meta({ allowed: RESOURCES.join(', ') }),
      name: z.string().min(1).meta({ allowed: 'the name of a resource, * for all, or the beginning of names' }),
      pattern: z.enum(['Literal', 'Prefixed']).meta({ allowed: 'Literal or Prefixed' }),
      operations: z
        .array(z.enum(ROLE_OPERATIONS).meta({ allowed: ROLE_OPERATIONS.join(', ') }))
        .min(1)
        .meta({ allowed: 'a list of operations' }),
    }),
    z.strictObject({ role: z.literal('describesAll') }),
    z.strictObject({ role: z.literal('inspectsTransactions') }),
    z.strictObject({ role: z.literal('readsAll') }),
    z.strictObject({
      role: z.literal('schemaRegistry'),
      topics: z.array(topicName()).min(1).meta({ allowed: 'the topics of the registry' }),
      groupPrefix: prefix('consumer groups'),
    }),
    z.strictObject({ role: z.literal('smokeTests') }),
  ])
  .meta({ allowed: 'a role, such as produces(topic) or consumes(topic, { group })' });

/** What a user may do. */
export type Role = z.output<typeof roleSchema>;

/** The role of a name. */
export type RoleOf<Name extends Role['role']> = Extract<Role, { readonly role: Name }>;
