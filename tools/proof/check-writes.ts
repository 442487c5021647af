import type { LedgerEntry, SeenRecord } from '../../src/smoke/ledger';
import { checkLedger } from '../../src/smoke/checker';
import { anomaliesOf, type Findings } from './findings';

/**
 * Compares the outcomes of sent records with the log. A record with an unknown outcome may follow later records of its
 * key, because its order is not guaranteed.
 */
export function checkWrites(pattern: string, ledger: readonly LedgerEntry[], seen: readonly SeenRecord[]): Findings {
  const open = new Set(ledger.filter(({ outcome }) => outcome === 'unknown').map(({ sequence }) => sequence));
  const verdict = checkLedger(ledger, seen);
  const { outOfOrder } = checkLedger(
    ledger,
    seen.filter(({ sequence }) => !open.has(sequence)),
  );
  const anomalies = anomaliesOf({ ...verdict, outOfOrder, misplaced: countMisplaced(ledger, seen) });
  return { pattern, records: verdict.acked, unknown: verdict.unknown, repeated: 0, crashes: 0, anomalies };
}

/**
 * Counts records that are not at the acknowledged offset, including lost ones: two records then have the same
 * acknowledged offset.
 */
function countMisplaced(ledger: readonly LedgerEntry[], seen: readonly SeenRecord[]): number {
  const standing = new Set(seen.map(({ partition, sequence, offset }) => `${partition}:${offset}:${sequence}`));
  return ledger.filter(
    ({ partition, sequence, offset }) => offset !== undefined && !standing.has(`${partition}:${offset}:${sequence}`),
  ).length;
}
