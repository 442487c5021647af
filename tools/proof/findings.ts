import type { Verdict } from '../../src/smoke/checker';

/** Anomalies that must not occur; each counts records. */
export const ANOMALIES = {
  lost: 'lost',
  phantom: 'phantom',
  resurrected: 'resurrected',
  duplicate: 'duplicates',
  outOfOrder: 'out of order',
  misplaced: 'misplaced',
  /** A part of a transaction is visible and another one is not. */
  torn: 'torn',
  /** Committed beyond an unhandled record, or not committed up to the end. */
  miscommitted: 'miscommitted',
} as const;

export type Anomaly = keyof typeof ANOMALIES;

/** The result of one pattern in one run. */
export interface Findings {
  readonly pattern: string;
  /** Number of acknowledged, committed or handled records. */
  readonly records: number;
  /** Number of records with an unknown outcome. */
  readonly unknown: number;
  /** Number of repeated calls, for at-least-once patterns. */
  readonly repeated: number;
  /** Number of processes that ended by themselves and were restarted. */
  readonly crashes: number;
  readonly anomalies: Readonly<Record<Anomaly, number>>;
}

export const NO_ANOMALIES: Findings['anomalies'] = {
  lost: 0,
  phantom: 0,
  resurrected: 0,
  duplicate: 0,
  outOfOrder: 0,
  misplaced: 0,
  torn: 0,
  miscommitted: 0,
};

export const anomaliesOf = ({
  lost,
  phantom,
  resurrected,
  duplicate,
  outOfOrder,
  misplaced,
}: Verdict): Findings['anomalies'] => ({
  ...NO_ANOMALIES,
  lost,
  phantom,
  resurrected,
  duplicate,
  outOfOrder,
  misplaced,
});

export const addAnomalies = (some: Findings['anomalies'], more: Findings['anomalies']): Findings['anomalies'] =>
  Object.fromEntries(
    (Object.keys(ANOMALIES) as Anomaly[]).map((anomaly) => [anomaly, some[anomaly] + more[anomaly]]),
  ) as Findings['anomalies'];

export const hasNoAnomaly = ({ records, anomalies }: Findings): boolean =>
  records > 0 && Object.values(anomalies).every((count) => count === 0);

export const describeFindings = ({ pattern, records, unknown, repeated, crashes, anomalies }: Findings): string =>
  [
    `${pattern}: ${records} records`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(repeated > 0 ? [`${repeated} repeated`] : []),
    ...(crashes > 0 ? [`${crashes} crashes`] : []),
    ...(Object.keys(ANOMALIES) as Anomaly[])
      .filter((anomaly) => anomalies[anomaly] > 0 || ALWAYS.has(anomaly))
      .map((anomaly) => `${anomalies[anomaly]} ${ANOMALIES[anomaly]}`),
  ].join(', ');

/** Reported even if their count is 0. */
const ALWAYS: ReadonlySet<Anomaly> = new Set(['lost', 'phantom', 'resurrected', 'duplicate', 'outOfOrder']);
