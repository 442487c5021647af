import type { Decoder } from './protocol';
import type { Request } from './request';

const UUID_BYTES = 16;

/** One partition as the broker that was asked knows it. */
export interface PartitionMetadata {
  readonly partition: number;
  /** -1 when the partition has none: it is offline. */
  readonly leaderId: number;
  /** Rises with each election. */
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
}

export interface TopicMetadata {
  readonly name: string;
  readonly isInternal: boolean;
  readonly partitions: readonly PartitionMetadata[];
}

/**
 * Metadata v12 of every topic, from the cache of the broker that is asked. kafkajs answers with no topic at all while
 * one partition of the cluster has no leader, which is when one looks.
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
  const isInternal = body.skip(UUID_BYTES).boolean();
  const partitions = body.array(() => decodePartition(body));
  body.int32();
  body.skipTags();
  return { name, isInternal, partitions };
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
