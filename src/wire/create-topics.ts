import { BROKER_MS, type Api, type Connection } from './connection';
import { refusal, type ResourceResult } from './errors';
import type { Decoder } from './protocol';

const UUID_BYTES = 16;

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

export interface CreateTopicsRequest {
  readonly topics: readonly NewTopic[];
  readonly validateOnly: boolean;
}

const api: Api<CreateTopicsRequest, readonly ResourceResult[]> = {
  name: 'CreateTopics',
  key: 19,
  version: 7,
  encode: (encoder, { topics, validateOnly }) =>
    encoder
      .array(topics, (topic, { name, partitions, replicationFactor, configs }) =>
        topic
          .string(name)
          .int32(partitions)
          .int16(replicationFactor)
          .array([], () => undefined)
          .array(Object.entries(configs), (config, [key, value]) => config.string(key).string(value).noTags())
          .noTags(),
      )
      .int32(BROKER_MS)
      .boolean(validateOnly)
      .noTags(),
  decode(decoder) {
    decoder.int32();
    return decoder.array((topic) => {
      const name = topic.string();
      const refused = refusal(topic.skip(UUID_BYTES).int16(), topic.nullableString());
      topic.int32();
      topic.int16();
      topic.array(skipConfig);
      topic.tags();
      return { name, refusal: refused };
    });
  },
};

/** Creates topics, or only asks whether that would work. Unlike kafkajs it hands on why not, in the broker's words. */
export const createTopics = (
  connection: Connection,
  request: CreateTopicsRequest,
): Promise<readonly ResourceResult[]> => connection.send(api, request);

function skipConfig(config: Decoder): void {
  config.string();
  config.nullableString();
  config.boolean();
  config.int8();
  config.boolean();
  config.tags();
}
