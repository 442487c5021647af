import type { LedgerEntry, SeenRecord } from './ledger';

/** Result of comparing the ledger with the log. All counts except `acked`, `seen` and `unknown` must be 0. */
export interface Verdict {
  readonly acked: number;
  readonly seen: number;
  /** Sent without a response; the record may be in the log once or not at all. */
  readonly unknown: number;
  /** Acknowledged and missing in the log. */
  readonly lost: number;
  /** In the log but never sent. */
  readonly phantom: number;
  /** In the log although rejected. */
  readonly resurrected: number;
  /** In the log more than once; each additional occurrence counts. */
  readonly duplicate: number;
  /** First seen after a later record of its partition. */
  readonly outOfOrder: number;
  /** Acknowledged at an offset where another record is. */
  readonly misplaced: number;
}

/**
 * Compares the ledger of sent records with the records in the log. @param seen records partition by partition, in the
 * order of the log
 */
export function checkLedger(ledger: readonly LedgerEntry[], seen: readonly SeenRecord[]): Verdict {
  const sent = new Map(ledger.map((entry) => [identity(entry), entry]));
  const places = new Map<string, bigint[]>();
  const newest = new Map<number, number>();
  let outOfOrder = 0;
  for (const record of seen) {
    const known = places.get(identity(record));
    if (known !== undefined) {
      known.push(record.offset);
      continue;
    }
    places.set(identity(record), [record.offset]);
    const before = newest.get(record.partition) ?? -1;
    if (record.sequence < before) outOfOrder += 1;
    newest.set(record.partition, Math.max(before, record.sequence));
  }
  const acked = ledger.filter(({ outcome }) => outcome === 'acked');
  const found = (entry: LedgerEntry): readonly bigint[] => places.get(identity(entry)) ?? [];
  return {
    acked: acked.length,
    seen: seen.length,
    unknown: ledger.filter(({ outcome }) => outcome === 'unknown').length,
    lost: acked.filter((entry) => found(entry).length === 0).length,
    phantom: [...places.keys()].filter((record) => !sent.has(record)).length,
    resurrected: ledger.filter((entry) => entry.outcome === 'refused' && found(entry).length > 0).length,
    duplicate: [...places.values()].reduce((sum, offsets) => sum + offsets.length - 1, 0),
    outOfOrder,
    misplaced: acked.filter((entry) => isMisplaced(entry, found(entry))).length,
  };
}

/** Whether there is no anomaly of any kind. */
export const hasNoAnomaly = (verdict: Verdict): boolean => isLossless(verdict) && verdict.duplicate === 0;

/**
 * Whether no acknowledged record is missing or misplaced, no unexpected record exists, and the order is correct.
 * Duplicates are reported and are not a loss.
 */
export const isLossless = ({ lost, phantom, resurrected, outOfOrder, misplaced }: Verdict): boolean =>
  lost + phantom + resurrected + outOfOrder + misplaced === 0;

export function describeVerdict(verdict: Verdict): string {
  const { acked, seen, unknown, ...faults } = verdict;
  const counts = [`${acked} acked`, `${seen} read back`, ...(unknown > 0 ? [`${unknown} unknown`] : [])];
  const named = Object.entries(faults).map(([name, count]) => `${count} ${NAMES[name as keyof typeof faults]}`);
  return [...counts, ...named].join(', ');
}

const NAMES = {
  lost: 'lost',
  phantom: 'phantom',
  resurrected: 'resurrected',
  duplicate: 'duplicate',
  outOfOrder: 'out of order',
  misplaced: 'misplaced',
} as const;

const identity = ({ partition, sequence }: { readonly partition: number; readonly sequence: number }): string =>
  `${partition}:${sequence}`;

const isMisplaced = ({ offset }: LedgerEntry, found: readonly bigint[]): boolean =>
  offset !== undefined && found.length > 0 && !found.includes(offset);
