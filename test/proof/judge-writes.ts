import type { LedgerEntry, SeenRecord } from '../../src/smoke/ledger';
import { judge } from '../../src/smoke/oracle';
import { flawsOf, type Findings } from './findings';

/**
 * Holds what a sender was told against the log. One whose outcome is unknown may stand behind later ones of its key: it
 * is no promise that its order is kept.
 */
export function judgeWrites(pattern: string, ledger: readonly LedgerEntry[], seen: readonly SeenRecord[]): Findings {
  const open = new Set(ledger.filter(({ outcome }) => outcome === 'unknown').map(({ sequence }) => sequence));
  const judgement = judge(ledger, seen);
  const { outOfOrder } = judge(
    ledger,
    seen.filter(({ sequence }) => !open.has(sequence)),
  );
  const flaws = flawsOf({ ...judgement, outOfOrder, misplaced: countMisplaced(ledger, seen) });
  return { pattern, records: judgement.acked, unknown: judgement.unknown, repeated: 0, crashes: 0, flaws };
}

/** Acknowledged at an offset where it does not stand; lost ones too, for two records were told the same offset then. */
function countMisplaced(ledger: readonly LedgerEntry[], seen: readonly SeenRecord[]): number {
  const standing = new Set(seen.map(({ partition, sequence, offset }) => `${partition}:${offset}:${sequence}`));
  return ledger.filter(
    ({ partition, sequence, offset }) => offset !== undefined && !standing.has(`${partition}:${offset}:${sequence}`),
  ).length;
}
