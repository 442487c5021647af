import type { Judgement } from '../../src/smoke/oracle';

/** What must never be; each counts records. */
export const FLAWS = {
  lost: 'lost',
  phantom: 'phantom',
  resurrected: 'resurrected',
  duplicate: 'duplicates',
  outOfOrder: 'out of order',
  misplaced: 'misplaced',
  /** A part of a transaction is seen, another one is not. */
  torn: 'torn',
  /** Committed above a record that was not handled, or not up to the end in the end. */
  miscommitted: 'miscommitted',
} as const;

export type Flaw = keyof typeof FLAWS;

/** What came out of one pattern in one run. */
export interface Findings {
  readonly pattern: string;
  /** That were promised: acknowledged, committed or handled. */
  readonly records: number;
  /** Whose outcome nobody knows. */
  readonly unknown: number;
  /** Further times that a record was handled, where at least once is promised. */
  readonly repeated: number;
  /** Processes that ended on their own, and were started again. */
  readonly crashes: number;
  readonly flaws: Readonly<Record<Flaw, number>>;
}

export const NO_FLAWS: Findings['flaws'] = {
  lost: 0,
  phantom: 0,
  resurrected: 0,
  duplicate: 0,
  outOfOrder: 0,
  misplaced: 0,
  torn: 0,
  miscommitted: 0,
};

export const flawsOf = ({
  lost,
  phantom,
  resurrected,
  duplicate,
  outOfOrder,
  misplaced,
}: Judgement): Findings['flaws'] => ({
  ...NO_FLAWS,
  lost,
  phantom,
  resurrected,
  duplicate,
  outOfOrder,
  misplaced,
});

export const addFlaws = (some: Findings['flaws'], more: Findings['flaws']): Findings['flaws'] =>
  Object.fromEntries(
    (Object.keys(FLAWS) as Flaw[]).map((flaw) => [flaw, some[flaw] + more[flaw]]),
  ) as Findings['flaws'];

export const isFlawless = ({ records, flaws }: Findings): boolean =>
  records > 0 && Object.values(flaws).every((count) => count === 0);

export const describeFindings = ({ pattern, records, unknown, repeated, crashes, flaws }: Findings): string =>
  [
    `${pattern}: ${records} records`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(repeated > 0 ? [`${repeated} repeated`] : []),
    ...(crashes > 0 ? [`${crashes} crashes`] : []),
    ...(Object.keys(FLAWS) as Flaw[])
      .filter((flaw) => flaws[flaw] > 0 || ALWAYS.has(flaw))
      .map((flaw) => `${flaws[flaw]} ${FLAWS[flaw]}`),
  ].join(', ');

/** Told even when there are none. */
const ALWAYS: ReadonlySet<Flaw> = new Set(['lost', 'phantom', 'resurrected', 'duplicate', 'outOfOrder']);
