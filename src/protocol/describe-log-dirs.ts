import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';

/** A replica on the queried broker. */
export interface LocalReplica {
  readonly topic: string;
  readonly partition: number;
  readonly sizeBytes: bigint;
  /**
   * Number of records that the replica is behind the partition's high watermark, or its leader's end; 0 for a leader.
   */
  readonly lag: bigint;
}

/** DescribeLogDirs v4: all replicas of the queried broker. */
export const DESCRIBE_LOG_DIRS: Request<readonly LocalReplica[]> = {
  apiKey: 35,
  version: 4,
  encode: (body) => void body.nullArray().noTags(),
  decode: (body) => {
    body.int32();
    requireOk(body.int16());
    return body.array(() => decodeDirectory(body)).flat();
  },
};

/** A failed directory contains no replicas in the response. */
function decodeDirectory(body: Decoder): readonly LocalReplica[] {
  body.int16();
  body.string();
  const topics = body.array(() => {
    const topic = body.string();
    const partitions = body.array(() => {
      const replica = { partition: body.int32(), sizeBytes: body.int64(), lag: body.int64() };
      body.boolean();
      body.skipTags();
      return { topic, ...replica };
    });
    body.skipTags();
    return partitions;
  });
  body.int64();
  body.int64();
  body.skipTags();
  return topics.flat();
}
