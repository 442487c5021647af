import type { EventOf } from '../clients';
import type { OrderLineV2 } from '../schemas/events';
import { assortment } from './assortment';

/** One order in this number. */
const EVERY = { globe: 25, unknown: 20, coupon: 10 };
const CUSTOMERS = 200;
const COUPON_MINOR = 100;
const IN_STOCK = ['book', 'pen', 'lamp'] as const;

/** Not sold: an order of this article fails permanently. */
const UNKNOWN: OrderLineV2 = { sku: 'unicorn', quantity: 1, unitAmountMinor: 100_000 };

interface NewOrder {
  /** Number of the order, from 0; determines its contents. */
  readonly number: number;
  /** Prefix that makes the order id unique among all instances and restarts. */
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Whether some orders contain an article that is not sold. @default false */
  readonly withFailures?: boolean;
}

/** Creates a typical order; some orders contain an article that is out of stock. */
export function newOrder({ number, prefix, createdAt, withFailures = false }: NewOrder): EventOf<'orders'> {
  const hasCoupon = isEvery(EVERY.coupon, number);
  const lines = withFailures && isEvery(EVERY.unknown, number) ? [lineOf('book', 1), UNKNOWN] : linesOf(number);
  const sum = lines.reduce((total, { quantity, unitAmountMinor }) => total + quantity * unitAmountMinor, 0);
  return {
    orderId: `${prefix}-${number}`,
    customerId: `customer-${number % CUSTOMERS}`,
    lines,
    amountMinor: sum - (hasCoupon ? COUPON_MINOR : 0),
    currency: 'EUR',
    createdAt,
    couponCode: hasCoupon ? 'WELCOME' : null,
  };
}

function linesOf(number: number): readonly OrderLineV2[] {
  if (isEvery(EVERY.globe, number)) return [lineOf('pen', 2), lineOf('globe', 1)];
  return [lineOf(IN_STOCK[number % IN_STOCK.length] ?? 'book', 1 + (number % 2))];
}

const lineOf = (sku: string, quantity: number): OrderLineV2 => ({
  sku,
  quantity,
  unitAmountMinor: assortment.get(sku)?.unitAmountMinor ?? 0,
});

/** True for the last number in each group of `share` numbers. */
const isEvery = (share: number, number: number): boolean => number % share === share - 1;
