import { assortment } from '../../../src/samples/assortment';
import { newOrder } from '../../../src/samples/new-order';

const orders = Array.from({ length: 500 }, (_, number) => newOrder({ number, prefix: 'shop', createdAt: 7 }));
const skus = (order: (typeof orders)[number]): readonly string[] => order.lines.map(({ sku }) => sku);

describe('the orders of the order service', () => {
  it('are the same for the same number, and each has an id of its own', () => {
    expect(newOrder({ number: 77, prefix: 'shop', createdAt: 7 })).toEqual(orders[77]);
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(500);
    expect(newOrder({ number: 0, prefix: 'other', createdAt: 7 }).orderId).not.toBe(orders[0]?.orderId);
  });

  it('cost what their lines say, less their coupon', () => {
    for (const { lines, amountMinor, couponCode } of orders) {
      const sum = lines.reduce((total, { quantity, unitAmountMinor }) => total + quantity * unitAmountMinor, 0);
      expect(sum - amountMinor).toBe(couponCode === null ? 0 : 100);
      expect(amountMinor).toBeGreaterThan(0);
    }
    expect(orders.filter(({ couponCode }) => couponCode !== null)).toHaveLength(50);
  });

  it('want in a small share what is out of stock at first, and in another what nobody sells', () => {
    const unknown = orders.filter((order) => skus(order).some((sku) => !assortment.has(sku)));
    const late = orders.filter((order) => skus(order).some((sku) => assortment.get(sku)?.deliveredAfterMs));
    expect([unknown.length, late.length]).toEqual([5, 15]);
    expect(unknown.filter((order) => late.includes(order))).toEqual([]);
  });
});
