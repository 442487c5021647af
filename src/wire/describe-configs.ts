import type { Api, Connection } from './connection';
import { refusal, type ResourceResult } from './errors';
import type { Decoder } from './protocol';
import { ResourceType } from './resource-type';

/** Where a value comes from, in Kafka's order of numbers. */
const SOURCES = [
  'UNKNOWN',
  'DYNAMIC_TOPIC_CONFIG',
  'DYNAMIC_BROKER_CONFIG',
  'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'STATIC_BROKER_CONFIG',
  'DEFAULT_CONFIG',
] as const;

export type ConfigSource = (typeof SOURCES)[number];

export interface ConfigValue {
  readonly name: string;
  /** null when it is not set or secret. */
  readonly value: string | null;
  readonly source: ConfigSource;
}

export interface TopicConfigs extends ResourceResult {
  readonly configs: readonly ConfigValue[];
}

const api: Api<readonly string[], readonly TopicConfigs[]> = {
  name: 'DescribeConfigs',
  key: 32,
  version: 4,
  encode: (encoder, topics) =>
    encoder
      .array(topics, (resource, name) =>
        resource
          .int8(ResourceType.TOPIC)
          .string(name)
          .array(null, () => undefined)
          .noTags(),
      )
      .boolean(false)
      .boolean(false)
      .noTags(),
  decode(decoder) {
    decoder.int32();
    return decoder.array((resource) => {
      const refused = refusal(resource.int16(), resource.nullableString());
      resource.int8();
      const name = resource.string();
      const configs = resource.array(decodeConfig);
      resource.tags();
      return { name, refusal: refused, configs };
    });
  },
};

/** Every setting of topics, whether set on the topic or inherited. */
export const describeTopicConfigs = (
  connection: Connection,
  topics: readonly string[],
): Promise<readonly TopicConfigs[]> => connection.send(api, topics);

function decodeConfig(config: Decoder): ConfigValue {
  const name = config.string();
  const value = config.nullableString();
  config.boolean();
  const source = SOURCES[config.int8()] ?? 'UNKNOWN';
  config.boolean();
  config.array((synonym) => {
    synonym.string();
    synonym.nullableString();
    synonym.int8();
    synonym.tags();
  });
  config.int8();
  config.nullableString();
  config.tags();
  return { name, value, source };
}
