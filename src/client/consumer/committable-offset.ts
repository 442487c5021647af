/**
 * The offset of a partition below which all records are done. While records are handled in parallel, only this offset
 * may be committed. Offsets may have gaps, caused by transactions and compaction.
 */
export class CommittableOffset {
  private readonly isDone: boolean[];
  private lowest = 0;

  /**
   * @param offsets offsets of the records in the order of the log
   * @param end offset of the next record after these; control records may lie between the last offset and the end
   */
  constructor(
    private readonly offsets: readonly bigint[],
    private readonly end: bigint,
  ) {
    this.isDone = offsets.map(() => false);
  }

  /** @param index index of the record in the list of offsets */
  finish(index: number): void {
    this.isDone[index] = true;
    while (this.isDone[this.lowest] === true) this.lowest += 1;
  }

  /** Index of the first record that is not done. */
  get firstOpen(): number {
    return this.lowest;
  }

  /** The offset to commit. */
  get position(): bigint {
    return this.offsets[this.lowest] ?? this.end;
  }
}
