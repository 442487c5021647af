import type { schemaCatalogue } from '../schemas/catalogue';
import type { TopicName } from '../topics/catalogue';

declare const encodedFor: unique symbol;

/** A topic whose values have a schema. */
export type EventTopic = (typeof schemaCatalogue)[number]['topic'];

/** A value in the bytes that its topic's schema asks for; another topic's does not compile. */
export type Encoded<T extends TopicName> = Buffer & { readonly [encodedFor]: T };

/** What a record of the topic may carry. */
export type WireValue<T extends TopicName> = T extends EventTopic ? Encoded<T> : Buffer | string;

/** Of bytes that have stood in the topic before, as those of a record that is written there again. */
export const alreadyEncoded = <T extends TopicName>(bytes: Buffer): Encoded<T> => bytes as Encoded<T>;
