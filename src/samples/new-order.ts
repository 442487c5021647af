import type { EventOf, OrderLineV2 } from '../schemas/events';
import { assortment } from './assortment';

/** One in so many. */
const EVERY = { globe: 25, unknown: 100, coupon: 10 };
const CUSTOMERS = 200;
const COUPON_MINOR = 100;
const IN_STOCK = ['book', 'pen', 'lamp'] as const;

/** Nobody sells it: whoever handles such an order fails for good. */
const UNKNOWN: OrderLineV2 = { sku: 'unicorn', quantity: 1, unitAmountMinor: 100_000 };

interface NewOrder {
  /** Counts from 0; what is ordered follows from it. */
  readonly number: number;
  /** Makes the id one of its own among those of all instances and starts. */
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** An order as a customer might place it; a few of them want what is not in stock, or what nobody sells. */
export function newOrder({ number, prefix, createdAt }: NewOrder): EventOf<'orders'> {
  const hasCoupon = isEvery(EVERY.coupon, number);
  const lines = linesOf(number);
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
  if (isEvery(EVERY.unknown, number)) return [lineOf('book', 1), UNKNOWN];
  if (isEvery(EVERY.globe, number)) return [lineOf('pen', 2), lineOf('globe', 1)];
  return [lineOf(IN_STOCK[number % IN_STOCK.length] ?? 'book', 1 + (number % 2))];
}

const lineOf = (sku: string, quantity: number): OrderLineV2 => ({
  sku,
  quantity,
  unitAmountMinor: assortment.get(sku)?.unitAmountMinor ?? 0,
});

/** The last of each so many. */
const isEvery = (share: number, number: number): boolean => number % share === share - 1;
