/** What is sold. */
export interface Article {
  /** Price of one, in cents. */
  readonly unitAmountMinor: number;
  /** Ordered from the maker when somebody wants it, and there so many milliseconds later. @default in stock */
  readonly deliveredAfterMs?: number;
}

/** By stock keeping unit. */
export const assortment: ReadonlyMap<string, Article> = new Map<string, Article>([
  ['book', { unitAmountMinor: 1_299 }],
  ['pen', { unitAmountMinor: 250 }],
  ['lamp', { unitAmountMinor: 4_900 }],
  ['globe', { unitAmountMinor: 7_950, deliveredAfterMs: 4_000 }],
]);
