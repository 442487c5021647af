import type { Request } from './request';

const CONSUMER = -1;
const ANY_LEADER_EPOCH = -1;

interface EpochOfLog {
  readonly topic: string;
  readonly partition: number;
  readonly leaderEpoch: number;
}

/** The end offset of a leader epoch and all earlier epochs in a partition's log. */
export interface EpochEnd {
  /** Kafka's error code. */
  readonly code: number;
  /** The newest epoch in the log that is not newer than the requested one; -1 if there is none. */
  readonly leaderEpoch: number;
  /** -1 if unknown. */
  readonly endOffset: bigint;
}

/** OffsetForLeaderEpoch v4 for one partition; only its leader answers. */
export const offsetForLeaderEpoch = ({ topic, partition, leaderEpoch }: EpochOfLog): Request<EpochEnd | undefined> => ({
  apiKey: 23,
  version: 4,
  encode: (body) => {
    body.int32(CONSUMER);
    body.array([topic], (name) => {
      body.string(name);
      body.array([partition], (number) => {
        body.int32(number).int32(ANY_LEADER_EPOCH).int32(leaderEpoch).noTags();
      });
      body.noTags();
    });
    body.noTags();
  },
  decode: (body) => {
    body.int32();
    const ends = body.array(() => {
      body.string();
      const partitions = body.array(() => {
        const code = body.int16();
        body.int32();
        const end = { code, leaderEpoch: body.int32(), endOffset: body.int64() };
        body.skipTags();
        return end;
      });
      body.skipTags();
      return partitions;
    });
    return ends.flat()[0];
  },
});
