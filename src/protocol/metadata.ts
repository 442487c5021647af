import type { Decoder } from './protocol';
import type { Request } from './request';

/** A partition as the queried broker knows it. */
export interface PartitionMetadata {
  readonly partition: number;
  /** -1 if the partition has no leader and is offline. */
  readonly leaderId: number;
  /** Increases with each election. */
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
}

export interface TopicMetadata {
  readonly name: string;
  /** Topic id in the notation of Kafka's tools; a recreated topic has a new id. */
  readonly id: string;
  readonly isInternal: boolean;
  readonly partitions: readonly PartitionMetadata[];
}

/**
 * Metadata v12 of all topics, from the cache of the queried broker. kafkajs returns no topics at all while any
 * partition has no leader, which is when this information is needed.
 */
export const METADATA: Request<readonly TopicMetadata[]> = {
  apiKey: 3,
  version: 12,
  encode: (body) => void body.nullArray().boolean(false).boolean(false).noTags(),
  decode: (body) => {
    body.int32();
    body.array(() => skipBroker(body));
    body.nullableString();
    body.int32();
    return body.array(() => decodeTopic(body)).sort((a, b) => (a.name < b.name ? -1 : 1));
  },
};

function skipBroker(body: Decoder): void {
  body.int32();
  body.string();
  body.int32();
  body.nullableString();
  body.skipTags();
}

function decodeTopic(body: Decoder): TopicMetadata {
  body.int16();
  const name = body.string();
  const id = body.uuid();
  const isInternal = body.boolean();
  const partitions = body.array(() => decodePartition(body));
  body.int32();
  body.skipTags();
  return { name, id, isInternal, partitions };
}

/** The error code only repeats that there is no leader. */
function decodePartition(body: Decoder): PartitionMetadata {
  body.int16();
  const partition = body.int32();
  const leaderId = body.int32();
  const leaderEpoch = body.int32();
  const replicas = body.array(() => body.int32());
  const inSyncReplicas = body.array(() => body.int32());
  body.array(() => body.int32());
  body.skipTags();
  return { partition, leaderId, leaderEpoch, replicas, inSyncReplicas };
}
