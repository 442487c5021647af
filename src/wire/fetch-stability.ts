import type { Decoder } from './protocol';
import type { Request } from './request';

const CLIENT = -1;
const READ_COMMITTED = 1;
const ANY_EPOCH = -1;
const NO_SESSION = 0;
const FINAL_EPOCH = -1;
const ONE_BATCH_BYTES = 1;

export interface LogPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** What a broker says of the transactions around a place of the log. */
export interface Stability {
  /** Kafka's number of the error with which the broker refuses to tell. */
  readonly code: number;
  /** Below it every transaction has ended. */
  readonly lastStableOffset: bigint;
  /** First offsets of aborted transactions. */
  readonly abortedFirstOffsets: readonly bigint[];
}

/** Fetch v12 of one batch from there, its records left aside; only the leader of the partition answers. */
export const fetchStability = ({ topic, partition, offset }: LogPlace): Request<Stability> => ({
  apiKey: 1,
  version: 12,
  encode: (body) => {
    body.int32(CLIENT).int32(0).int32(0).int32(ONE_BATCH_BYTES).int8(READ_COMMITTED);
    body.int32(NO_SESSION).int32(FINAL_EPOCH);
    body.array([topic], (name) => {
      body.string(name);
      body.array([partition], (number) => {
        body.int32(number).int32(ANY_EPOCH).int64(offset).int32(ANY_EPOCH).int64(-1n).int32(ONE_BATCH_BYTES).noTags();
      });
      body.noTags();
    });
    body.array([], () => undefined);
    body.string('').noTags();
  },
  decode: (body) => {
    body.int32();
    const code = body.int16();
    body.int32();
    const [partitions = []] = body.array(() => {
      body.string();
      return body.array(() => decodePartition(body));
    });
    return partitions[0] ?? { code, lastStableOffset: -1n, abortedFirstOffsets: [] };
  },
});

/** Reads no further than it needs: this is the only partition, and its records come last. */
function decodePartition(body: Decoder): Stability {
  body.int32();
  const code = body.int16();
  body.int64();
  const lastStableOffset = body.int64();
  body.int64();
  const abortedFirstOffsets = body.array(() => {
    body.int64();
    const first = body.int64();
    body.skipTags();
    return first;
  });
  return { code, lastStableOffset, abortedFirstOffsets };
}
