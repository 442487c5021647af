/** An article for sale. */
export interface Article {
  /** Price of one piece in cents. */
  readonly unitAmountMinor: number;
  /** Delivery time in milliseconds of an article that is ordered from the manufacturer on demand. @default in stock */
  readonly deliveredAfterMs?: number;
}

/** Articles by stock keeping unit. */
export const assortment: ReadonlyMap<string, Article> = new Map<string, Article>([
  ['book', { unitAmountMinor: 1_299 }],
  ['pen', { unitAmountMinor: 250 }],
  ['lamp', { unitAmountMinor: 4_900 }],
  ['globe', { unitAmountMinor: 7_950, deliveredAfterMs: 4_000 }],
]);
