import { BROKER_MS, type Api, type Connection } from './connection';
import { refusal, type ResourceResult } from './errors';

export interface PartitionGrowth {
  readonly name: string;
  /** Partitions afterwards. */
  readonly partitions: number;
}

export interface CreatePartitionsRequest {
  readonly topics: readonly PartitionGrowth[];
  readonly validateOnly: boolean;
}

const api: Api<CreatePartitionsRequest, readonly ResourceResult[]> = {
  name: 'CreatePartitions',
  key: 37,
  version: 3,
  encode: (encoder, { topics, validateOnly }) =>
    encoder
      .array(topics, (topic, { name, partitions }) =>
        topic
          .string(name)
          .int32(partitions)
          .array(null, () => undefined)
          .noTags(),
      )
      .int32(BROKER_MS)
      .boolean(validateOnly)
      .noTags(),
  decode(decoder) {
    decoder.int32();
    return decoder.array((topic) => {
      const name = topic.string();
      const refused = refusal(topic.int16(), topic.nullableString());
      topic.tags();
      return { name, refusal: refused };
    });
  },
};

/** Adds partitions to topics, or only asks whether that would work. */
export const createPartitions = (
  connection: Connection,
  request: CreatePartitionsRequest,
): Promise<readonly ResourceResult[]> => connection.send(api, request);
