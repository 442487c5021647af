import type { TopicName } from '../../topics/catalogue';

/** Where a consumer stands in one of its partitions. */
export interface PartitionProgress {
  readonly topic: TopicName;
  readonly partition: number;
  /** Offsets from the committed position to the highest record begun. */
  readonly gap: number;
  /** Of the first record fetched and not done, in milliseconds since 1970; nothing when all are done. */
  readonly oldestTimestamp: number | undefined;
}
