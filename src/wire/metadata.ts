import type { Api, Connection } from './connection';
import { refusal, type Refusal } from './errors';
import type { Decoder } from './protocol';

const UUID_BYTES = 16;

export interface PartitionMetadata {
  readonly partition: number;
  /** -1 when the partition has none: it is offline. */
  readonly leaderId: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
}

export interface TopicMetadata {
  readonly name: string;
  readonly isInternal: boolean;
  readonly refusal: Refusal | undefined;
  readonly partitions: readonly PartitionMetadata[];
}

const api: Api<undefined, readonly TopicMetadata[]> = {
  name: 'Metadata',
  key: 3,
  version: 12,
  encode: (encoder) =>
    encoder
      .array(null, () => undefined)
      .boolean(false)
      .boolean(false)
      .noTags(),
  decode(decoder) {
    decoder.int32();
    decoder.array(skipBroker);
    decoder.nullableString();
    decoder.int32();
    return decoder.array(decodeTopic);
  },
};

/**
 * Every topic with every partition. kafkajs refuses to return any topic while one partition of the cluster has no
 * leader, which is when one looks.
 */
export const fetchMetadata = (connection: Connection): Promise<readonly TopicMetadata[]> =>
  connection.send(api, undefined);

function skipBroker(broker: Decoder): void {
  broker.int32();
  broker.string();
  broker.int32();
  broker.nullableString();
  broker.tags();
}

function decodeTopic(topic: Decoder): TopicMetadata {
  const refused = refusal(topic.int16());
  const name = topic.string();
  const isInternal = topic.skip(UUID_BYTES).boolean();
  const partitions = topic.array(decodePartition);
  topic.int32();
  topic.tags();
  return { name, isInternal, refusal: refused, partitions };
}

/** The error code only repeats that there is no leader. */
function decodePartition(data: Decoder): PartitionMetadata {
  data.int16();
  const partition = data.int32();
  const leaderId = data.int32();
  data.int32();
  const replicas = data.array((id) => id.int32());
  const inSyncReplicas = data.array((id) => id.int32());
  data.array((id) => id.int32());
  data.tags();
  return { partition, leaderId, replicas, inSyncReplicas };
}
