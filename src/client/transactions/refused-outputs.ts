import { PermanentError } from '../errors';
import type { RecordRefused } from '../producer/refusals';

interface Offset {
  readonly offset: bigint;
}

/**
 * Outputs of a partition's records that brokers reject permanently. Brokers reject a whole request. Until the record
 * with the rejected output is found, records are handled and committed one by one. Then only that record fails.
 */
export class RefusedOutputs {
  /** End offset of the records that may have the rejected output; undefined if none is being located. */
  private suspectsBelow: bigint | undefined;
  private readonly found = new Map<bigint, RecordRefused>();

  /** Whether each record must be committed separately. */
  get isSearching(): boolean {
    return this.suspectsBelow !== undefined;
  }

  /** Notes that an output of a record below the position was rejected. */
  suspect(position: bigint): void {
    this.suspectsBelow = position;
  }

  /** Notes that the rejected output belongs to this record. */
  find({ offset }: Offset, refusal: RecordRefused): void {
    this.found.set(offset, refusal);
  }

  /** Notes that everything below the position is committed. */
  committed(position: bigint): void {
    if (this.suspectsBelow !== undefined && position >= this.suspectsBelow) this.suspectsBelow = undefined;
    for (const offset of this.found.keys()) if (offset < position) this.found.delete(offset);
  }

  /**
   * @throws {PermanentError} for a record with a rejected output, and for several records of which one has it or may
   * have it
   */
  check(records: readonly Offset[]): void {
    const [first, ...others] = records;
    if (first === undefined) return;
    const known = records.map(({ offset }) => this.found.get(offset)).find((refusal) => refusal !== undefined);
    if (known !== undefined) throw new PermanentError(`of what came of it, ${known.message}`, { cause: known });
    if (others.length > 0 && this.suspectsBelow !== undefined && first.offset < this.suspectsBelow)
      throw new PermanentError('brokers refuse what came of one of these records');
  }
}
