import { z } from 'zod';
import type { BytesPerSecond } from '../../validation/units';
import { roleSchema } from './role-props';

/** Kafka takes whole bytes only. */
function wholeRate(): z.ZodType<BytesPerSecond, BytesPerSecond> {
  const schema = z.int().min(1).meta({ allowed: 'whole bytes a second, more than 0', unit: 'bytes/s' });
  return schema as unknown as z.ZodType<BytesPerSecond, BytesPerSecond>;
}

/** Limits of a user. Each broker applies them separately, to all connections of the user together. */
const quotaSchema = z.strictObject({
  /** `producer_byte_rate`: bytes that a broker receives from the user. @default the cluster's default for users */
  produceBytesPerSecond: wholeRate().optional(),
  /** `consumer_byte_rate`: bytes that a broker sends to the user. @default the cluster's default for users */
  consumeBytesPerSecond: wholeRate().optional(),
  /**
   * `request_percentage`: time of a broker's request handlers and network threads; 100 is all the time of one thread.
   * @default the cluster's default for users
   */
  requestPercent: z.number().positive().meta({ allowed: 'a number above 0' }).optional(),
});

/** A user that logs in with SCRAM-SHA-512, and what it may do; all else is denied. */
export const userSchema = z.strictObject({
  /**
   * Name of the user, whose principal is `User:<name>`. Names of certificates, such as `CN=kafka-admin`, have other
   * characters, so that no user gets the rights of a certificate.
   */
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, 'this is not the name of a user')
    .meta({
      allowed: 'a-z, 0-9, dot, underscore and dash, with a-z or 0-9 first and last',
    }),
  /** What the user may do, made by functions such as `produces(topic)` and `consumes(topic, { group })`. */
  roles: z.array(roleSchema).meta({ allowed: 'a list of roles' }).default([]),
  /** Limits of the user. */
  quota: quotaSchema.prefault({}),
});

/** All users of the cluster that are managed as code. */
export const usersSchema = z.array(userSchema).meta({ allowed: 'a list of users' }).default([]);

/** A user as written in a configuration. */
export type UserDefinition = z.input<typeof userSchema>;

/** With every default applied. */
export type User = z.output<typeof userSchema>;
