import type { LedgerEntry, SeenRecord } from './ledger';

/** What a comparison of the ledger with the log found; everything but `acked`, `seen` and `unknown` has to be 0. */
export interface Judgement {
  readonly acked: number;
  readonly seen: number;
  /** Sent without an answer: may be there once, or not. */
  readonly unknown: number;
  /** Acknowledged and not there. */
  readonly lost: number;
  /** There and never sent. */
  readonly phantom: number;
  /** There though refused. */
  readonly resurrected: number;
  /** There more than once; each further time counts. */
  readonly duplicate: number;
  /** First seen after a later one of its partition. */
  readonly outOfOrder: number;
  /** Acknowledged at an offset where another record stands. */
  readonly misplaced: number;
}

/** @param seen in the order of the log, partition by partition */
export function judge(ledger: readonly LedgerEntry[], seen: readonly SeenRecord[]): Judgement {
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

/** Whether every promise was kept. */
export const isFlawless = (judgement: Judgement): boolean => isLossless(judgement) && judgement.duplicate === 0;

/**
 * Whether nothing that was acknowledged is missing or elsewhere, nothing is there that should not be, and all is in
 * order. A record that stands twice is told, and no loss.
 */
export const isLossless = ({ lost, phantom, resurrected, outOfOrder, misplaced }: Judgement): boolean =>
  lost + phantom + resurrected + outOfOrder + misplaced === 0;

export function describeJudgement(judgement: Judgement): string {
  const { acked, seen, unknown, ...faults } = judgement;
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
