/** Progress of a consumer in one partition. */
export interface PartitionProgress {
  readonly topic: string;
  readonly partition: number;
  /** Number of offsets between the committed position and the highest started record. */
  readonly gap: number;
  /** The first fetched and uncommitted record; undefined if all are committed. */
  readonly oldest: { readonly offset: bigint; readonly timestamp: number } | undefined;
}
