import type { TopicsSettings } from './topics-settings';
import type { ParsedTopic } from './props';
import { bytes, kibibytes, mebibytes, type Bytes } from '../../validation/units';

/**
 * Maximum size of the headers added to a copy of a failed record: the error, the original position and the due time.
 */
export const FAILURE_HEADERS = kibibytes(64);

/** Kafka's default of `message.max.bytes`: 1 MiB plus the overhead of a record batch. */
export const DEFAULT_MESSAGE_MAX = bytes(mebibytes(1) + 12);

/** The broker property that limits record batches of topics without their own limit. */
export const MESSAGE_MAX_PROPERTY = 'message.max.bytes';

/** Value of `max.message.bytes` for a topic with copies of records up to the source's limit. */
export const copyLimit = (source: Bytes): Bytes => bytes(source + FAILURE_HEADERS);

type Limits = Pick<TopicsSettings, 'topics'> & { readonly brokers: Pick<TopicsSettings['brokers'], 'properties'> };

/** The largest record batch that a topic accepts, by its own setting or by the brokers'. */
export function messageLimit(topic: ParsedTopic, config: Limits): Bytes {
  const own = topic.settings.maxMessageBytes ?? brokerLimit(config.brokers);
  const source = config.topics.find(({ name }) => name === topic.copiesOf);
  if (source === undefined || source === topic) return own;
  return bytes(Math.max(own, copyLimit(source.settings.maxMessageBytes ?? brokerLimit(config.brokers))));
}

function brokerLimit({ properties }: Limits['brokers']): Bytes {
  const limit = Number(properties[MESSAGE_MAX_PROPERTY]);
  return Number.isSafeInteger(limit) ? bytes(limit) : DEFAULT_MESSAGE_MAX;
}
