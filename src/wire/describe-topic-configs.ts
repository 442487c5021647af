import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';

const TOPIC = 2;

/** `config_source` of a setting that stands on the topic itself. */
const ON_TOPIC = 1;

export interface TopicSetting {
  /** Empty where Kafka has null. */
  readonly value: string;
  /** False when the topic only inherits it, so that it changes with the brokers' defaults. */
  readonly onTopic: boolean;
}

/** Settings of one topic by Kafka's names. */
export interface TopicSettings {
  readonly topic: string;
  readonly settings: Readonly<Record<string, TopicSetting>>;
}

/** DescribeConfigs v4 of these settings of these topics; refused with code 3 when the broker does not know one of them. */
export function describeTopicConfigs(
  topics: readonly string[],
  settings: readonly string[],
): Request<readonly TopicSettings[]> {
  return {
    apiKey: 32,
    version: 4,
    encode: (body) => {
      body.array(topics, (topic) => {
        body.int8(TOPIC).string(topic);
        body.array(settings, (setting) => void body.string(setting)).noTags();
      });
      body.boolean(false).boolean(false).noTags();
    },
    decode: (body) => {
      body.int32();
      return body.array(() => {
        requireOk(body.int16(), body.nullableString());
        body.int8();
        const topic = body.string();
        const entries = body.array(() => decodeSetting(body));
        body.skipTags();
        return { topic, settings: Object.fromEntries(entries) };
      });
    },
  };
}

function decodeSetting(body: Decoder): readonly [string, TopicSetting] {
  const name = body.string();
  const value = body.nullableString() ?? '';
  body.boolean();
  const onTopic = body.int8() === ON_TOPIC;
  body.boolean();
  body.array(() => {
    body.string();
    body.nullableString();
    body.int8();
    body.skipTags();
  });
  body.int8();
  body.nullableString();
  body.skipTags();
  return [name, { value, onTopic }];
}
