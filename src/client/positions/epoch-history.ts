interface EpochStart {
  readonly offset: bigint;
  readonly leaderEpoch: number;
}

/** Number of remembered leader epochs, more than is ever needed. */
const KEPT = 100;

/** The leader epochs of the records of a log, as far as it was read (KIP-320). */
export class EpochHistory {
  private readonly starts: EpochStart[] = [];

  /**
   * Notes that a record at or before the offset has this epoch. An epoch that is not newer than the known ones is
   * ignored.
   */
  note(offset: bigint, leaderEpoch: number): void {
    const { starts } = this;
    if ((starts.at(-1)?.leaderEpoch ?? -1) >= leaderEpoch) return;
    while ((starts.at(-1)?.offset ?? -1n) >= offset) starts.pop();
    starts.push({ offset, leaderEpoch });
    if (starts.length > KEPT) starts.shift();
  }

  /**
   * The epoch of the last known record at or before the offset; undefined if none is known. The record at the offset
   * counts, because gaps of any epoch may precede it.
   */
  upTo(offset: bigint): number | undefined {
    return this.starts.findLast((start) => start.offset <= offset)?.leaderEpoch;
  }
}
