import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';

const TOPIC = 2;

/** `config_source` of a value that is set on the topic. */
const ON_TOPIC = 1;

/** Origins of inherited values, by Kafka's `config_source`. */
const SOURCES = { 2: 'broker', 3: 'cluster', 4: 'static', 5: 'default' } as const;

/** A value for topics that do not set the setting. */
export interface InheritedValue {
  /** The broker property, such as `log.retention.bytes`. */
  readonly property: string;
  /** Value in the property's unit; `log.retention.hours`, for example, has its own unit. */
  readonly value: string;
  /** Set at run time on this broker or for the whole cluster, set in the broker's file, or Kafka's default. */
  readonly source: (typeof SOURCES)[keyof typeof SOURCES];
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
 * DescribeConfigs v4 for these settings of these topics. Fails with code 3 if the broker does not know one of the
 * topics.
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
  return {
    apiKey: 32,
    version: 4,
    encode: (body) => {
      body.array(topics, (topic) => {
        body.int8(TOPIC).string(topic);
        if (settings === undefined) body.nullArray();
        else body.array(settings, (setting) => void body.string(setting));
        body.noTags();
      });
      body.boolean(inherited).boolean(false).noTags();
    },
    decode: (body) => {
      body.int32();
      return body.array(() => {
        const code = body.int16();
        const message = body.nullableString();
        body.int8();
        const topic = body.string();
        requireOk(code, message, topic);
        const entries = body.array(() => decodeSetting(body, inherited));
        body.skipTags();
        return { topic, settings: Object.fromEntries(entries) };
      });
    },
  };
}

function decodeSetting(body: Decoder, withInherited: boolean): readonly [string, TopicSetting] {
  const name = body.string();
  const value = body.nullableString() ?? '';
  body.boolean();
  const onTopic = body.int8() === ON_TOPIC;
  body.boolean();
  const inherited = body.array(() => decodeSynonym(body)).flat();
  body.int8();
  body.nullableString();
  body.skipTags();
  return [name, { value, onTopic, ...(withInherited && { inherited }) }];
}

/** Empty for the topic's own value. */
function decodeSynonym(body: Decoder): readonly InheritedValue[] {
  const property = body.string();
  const value = body.nullableString() ?? '';
  const source = body.int8();
  body.skipTags();
  return isInherited(source) ? [{ property, value, source: SOURCES[source] }] : [];
}

const isInherited = (source: number): source is keyof typeof SOURCES => source in SOURCES;
