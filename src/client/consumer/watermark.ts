/**
 * The offset of a partition below which everything is done: the only one that may be committed while records are
 * handled side by side. Offsets need not be contiguous: transactions and compaction leave gaps.
 */
export class Watermark {
  private readonly isDone: boolean[];
  private lowest = 0;

  /**
   * @param offsets of the records in the order of the log
   * @param end where the next record is read once these are done; above the last one when control records follow it
   */
  constructor(
    private readonly offsets: readonly bigint[],
    private readonly end: bigint,
  ) {
    this.isDone = offsets.map(() => false);
  }

  /** @param index of the record among the offsets */
  finish(index: number): void {
    this.isDone[index] = true;
    while (this.isDone[this.lowest] === true) this.lowest += 1;
  }

  /** Index of the first record that is not done. */
  get firstOpen(): number {
    return this.lowest;
  }

  /** What to commit. */
  get position(): bigint {
    return this.offsets[this.lowest] ?? this.end;
  }
}
