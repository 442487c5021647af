import { assortment } from '../../src/assortment';
import { newOrder } from '../../src/new-order';

const orders = Array.from({ length: 500 }, (_, number) => newOrder({ number, prefix: 'shop', createdAt: 7 }));
const withFailures = orders.map((_, number) => newOrder({ number, prefix: 'shop', createdAt: 7, withFailures: true }));
type Order = (typeof orders)[number];
const skus = (order: Order): readonly string[] => order.lines.map(({ sku }) => sku);

describe('the orders of the order service', () => {
  it('are the same for the same number, and each has a unique id', () => {
    expect(newOrder({ number: 77, prefix: 'shop', createdAt: 7 })).toEqual(orders[77]);
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(500);
    expect(newOrder({ number: 0, prefix: 'other', createdAt: 7 }).orderId).not.toBe(orders[0]?.orderId);
  });

  it('cost the sum of their lines, minus their coupon', () => {
    for (const { lines, amountMinor, couponCode } of orders) {
      const sum = lines.reduce((total, { quantity, unitAmountMinor }) => total + quantity * unitAmountMinor, 0);
      expect(sum - amountMinor).toBe(couponCode === null ? 0 : 100);
      expect(amountMinor).toBeGreaterThan(0);
    }
    expect(orders.filter(({ couponCode }) => couponCode !== null)).toHaveLength(50);
  });

  const isUnsellable = (order: Order): boolean => skus(order).some((sku) => !assortment.has(sku));
  const isLate = (order: Order): boolean =>
    skus(order).some((sku) => assortment.get(sku)?.deliveredAfterMs !== undefined);

  it('contain in a small share products that are out of stock at first, and never unknown products', () => {
    expect(orders.filter(isLate)).toHaveLength(20);
    expect(orders.filter(isUnsellable)).toEqual([]);
  });

  it('contain unknown products in a small share if failures are switched on', () => {
    expect(withFailures.filter(isUnsellable)).toHaveLength(25);
    expect(withFailures.filter(isLate)).toHaveLength(15);
    expect(withFailures.filter((order) => isUnsellable(order) && isLate(order))).toEqual([]);
  });
});
