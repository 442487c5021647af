import { describeConfigs, type ConfigEntry, type ConfigSource } from './describe-configs';
import type { Request } from './request';

/** A value for topics that do not set the setting. */
export interface InheritedValue {
  /** The broker property, such as `log.retention.bytes`. */
  readonly property: string;
  /** Value in the property's unit; `log.retention.hours`, for example, has its own unit. */
  readonly value: string;
  /** Set at run time on this broker or for the whole cluster, set in the broker's file, or Kafka's default. */
  readonly source: Exclude<ConfigSource, 'topic'>;
}

export interface TopicSetting {
  /** Empty if the value is null in Kafka. */
  readonly value: string;
  /** Whether the topic itself sets the value. An inherited value changes with the brokers' default. */
  readonly onTopic: boolean;
  /** The broker's values for topics that do not set it, highest precedence first; undefined unless requested. */
  readonly inherited?: readonly InheritedValue[];
}

/** Settings of one topic, by Kafka's names. */
export interface TopicSettings {
  readonly topic: string;
  readonly settings: Readonly<Record<string, TopicSetting>>;
}

interface Asked {
  /** Kafka's names of the requested settings. @default all settings */
  readonly settings?: readonly string[];
  /** Whether the queried broker's inherited values are included. @default false */
  readonly inherited?: boolean;
}

/**
 * DescribeConfigs for these settings of these topics. Fails with code 3 if the broker does not know one of the topics.
 */
export const describeTopicConfigs = (
  topics: readonly string[],
  settings: readonly string[],
): Request<readonly TopicSettings[]> => describeTopics(topics, { settings });

/** Like {@link describeTopicConfigs}, with all options. */
export function describeTopics(
  topics: readonly string[],
  { settings, inherited = false }: Asked = {},
): Request<readonly TopicSettings[]> {
  const request = describeConfigs({
    resource: 'topic',
    names: topics,
    synonyms: inherited,
    ...(settings && { settings }),
  });
  return {
    ...request,
    decode: (body) =>
      request.decode(body).map(({ name, entries }) => ({
        topic: name,
        settings: Object.fromEntries(entries.map((entry) => [entry.name, settingOf(entry, inherited)])),
      })),
  };
}

const settingOf = ({ value, source, synonyms }: ConfigEntry, inherited: boolean): TopicSetting => ({
  value: value ?? '',
  onTopic: source === 'topic',
  ...(inherited && { inherited: synonyms.flatMap(inheritedOf) }),
});

/** Empty for the topic's own value. */
const inheritedOf = ({ name: property, value, source }: ConfigEntry['synonyms'][number]): readonly InheritedValue[] =>
  source === undefined || source === 'topic' ? [] : [{ property, value: value ?? '', source }];
