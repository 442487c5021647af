import { requireOk, type Request } from './request';

/** A partition that is being moved. */
export interface PartitionReassignment {
  readonly topic: string;
  readonly partition: number;
  /** All replicas of now, those that are added and removed included; those that stay or are added come first. */
  readonly replicas: readonly number[];
  /** Brokers that copy the partition. */
  readonly adding: readonly number[];
  /** Brokers that will delete it. */
  readonly removing: readonly number[];
}

/**
 * ListPartitionReassignments v0: every partition that is being moved.
 * @param timeoutMs time limit of the controller
 */
export const listPartitionReassignments = (timeoutMs: number): Request<readonly PartitionReassignment[]> => ({
  apiKey: 46,
  version: 0,
  encode: (body) => void body.int32(timeoutMs).nullArray().noTags(),
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
    const ids = (): readonly number[] => body.array(() => body.int32());
    return body
      .array(() => {
        const topic = body.string();
        const partitions = body.array(() => {
          const one = { partition: body.int32(), replicas: ids(), adding: ids(), removing: ids() };
          body.skipTags();
          return one;
        });
        body.skipTags();
        return partitions.map((one) => ({ topic, ...one }));
      })
      .flat();
  },
});
