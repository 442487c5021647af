/** What became of one record that was sent. */
export interface LedgerEntry {
  readonly partition: number;
  /** Counts up within the partition, from 0. */
  readonly sequence: number;
  /**
   * `acked`: the brokers promised to keep it. `refused`: they said that they did not take it. `unknown`: no answer; it
   * may be there or not.
   */
  readonly outcome: 'acked' | 'refused' | 'unknown';
  /** Where the acknowledgement said that it stands. */
  readonly offset?: bigint;
}

/** One record of the run as an independent reader found it. */
export interface SeenRecord {
  readonly partition: number;
  readonly sequence: number;
  readonly offset: bigint;
}

/** A run's name; records of other runs in the same topic are none of its business. */
export type RunId = string;

const PADDING = 'x'.repeat(200);

/** A record's value; the key is the same for all records of a partition, so its order is the key's. */
export const encodeRecord = (run: RunId, sequence: number): string => JSON.stringify({ run, sequence, PADDING });

/** @returns the sequence, or nothing for a record of another run */
export function decodeRecord(run: RunId, value: Buffer | null): number | undefined {
  try {
    const record = JSON.parse(value?.toString() ?? 'null') as { run?: unknown; sequence?: unknown } | null;
    return record?.run === run && typeof record.sequence === 'number' ? record.sequence : undefined;
  } catch {
    return undefined;
  }
}
