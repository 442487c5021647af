import type { NoSchemas } from './catalogue';

declare const encodedFor: unique symbol;

/** A value encoded with the schema of its topic. A value of another topic does not compile. */
export type Encoded<T extends string> = Buffer & { readonly [encodedFor]: T };

/** The value of a record of the topic: encoded if the topic has a schema, otherwise bytes or text. */
export type WireValue<T extends string, S = NoSchemas> = T extends keyof S ? Encoded<T> : Buffer | string;

/** Marks bytes that were read from the topic as encoded, for a record that is written to the topic again. */
export const alreadyEncoded = <T extends string>(bytes: Buffer): Encoded<T> => bytes as Encoded<T>;
