import type { Decoder } from './protocol';
import type { Request } from './request';

/** A coordinator's state of a transactional id, or Kafka's error code. */
export interface DescribedTransaction {
  readonly transactionalId: string;
  readonly code: number;
  /** State in Kafka's terms: `Ongoing`, `PrepareCommit`, `CompleteAbort` and others. */
  readonly state: string;
  /** Start time of the transaction in milliseconds since 1970; -1 if there is none. */
  readonly startTime: number;
  readonly producerId: bigint;
  /** Partitions of the transaction without a transaction marker yet, by topic. */
  readonly partitions: ReadonlyMap<string, readonly number[]>;
}

/** DescribeTransactions v0; only the coordinator of an id answers. */
export const describeTransactions = (ids: readonly string[]): Request<readonly DescribedTransaction[]> => ({
  apiKey: 65,
  version: 0,
  encode: (body) => void body.array(ids, (id) => void body.string(id)).noTags(),
  decode: (body) => {
    body.int32();
    return body.array(() => decodeTransaction(body));
  },
});

function decodeTransaction(body: Decoder): DescribedTransaction {
  const head = { code: body.int16(), transactionalId: body.string(), state: body.string() };
  body.int32();
  const [startTime, producerId] = [Number(body.int64()), body.int64()];
  body.int16();
  const partitions = body.array(() => {
    const ofTopic = [body.string(), body.array(() => body.int32())] as const;
    body.skipTags();
    return ofTopic;
  });
  body.skipTags();
  return { ...head, startTime, producerId, partitions: new Map(partitions) };
}
