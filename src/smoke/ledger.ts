/** The outcome of one sent record. */
export interface LedgerEntry {
  readonly partition: number;
  /** Consecutive number within the partition, from 0. */
  readonly sequence: number;
  /**
   * `acked`: the brokers acknowledged it. `refused`: they rejected it. `unknown`: no response; the record may be in the
   * log or not.
   */
  readonly outcome: 'acked' | 'refused' | 'unknown';
  /** Offset in the acknowledgement. */
  readonly offset?: bigint;
}

/** A record of the run as an independent consumer read it. */
export interface SeenRecord {
  readonly partition: number;
  readonly sequence: number;
  readonly offset: bigint;
}

/** Id of a run. Records of other runs in the same topic are ignored. */
export type RunId = string;

const PADDING = 'x'.repeat(200);

/**
 * Value of a record. All records of a partition have the same key, so the order of the partition is the order of the
 * key.
 */
export const encodeRecord = (run: RunId, sequence: number): string => JSON.stringify({ run, sequence, PADDING });

/** @returns the sequence number; undefined for a record of another run */
export function decodeRecord(run: RunId, value: Buffer | null): number | undefined {
  try {
    const record = JSON.parse(value?.toString() ?? 'null') as { run?: unknown; sequence?: unknown } | null;
    return record?.run === run && typeof record.sequence === 'number' ? record.sequence : undefined;
  } catch {
    return undefined;
  }
}
