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

/** A log directory of the queried broker. */
export interface LogDirectory {
  readonly path: string;
  /** Kafka's error code; 0 if there is no error. A failed directory has no replicas in the response. */
  readonly code: number;
  readonly replicas: readonly LocalReplica[];
  /** Size of the volume; -1 if it is unknown. */
  readonly totalBytes: bigint;
  /** Bytes of the volume that are free; -1 if they are unknown. */
  readonly usableBytes: bigint;
}

/** DescribeLogDirs v4: all log directories of the queried broker. */
export const LOG_DIRECTORIES: Request<readonly LogDirectory[]> = {
  apiKey: 35,
  version: 4,
  encode: (body) => void body.nullArray().noTags(),
  decode: (body) => {
    body.int32();
    requireOk(body.int16());
    return body.array(() => decodeDirectory(body));
  },
};

/** All replicas of the queried broker. */
export const DESCRIBE_LOG_DIRS: Request<readonly LocalReplica[]> = {
  ...LOG_DIRECTORIES,
  decode: (body) => LOG_DIRECTORIES.decode(body).flatMap(({ replicas }) => replicas),
};

function decodeDirectory(body: Decoder): LogDirectory {
  const code = body.int16();
  const path = body.string();
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
  const [totalBytes, usableBytes] = [body.int64(), body.int64()];
  body.skipTags();
  return { path, code, replicas: topics.flat(), totalBytes, usableBytes };
}
