import { PermanentError, RetriableError } from '../../../../src/client/errors';
import { assortment } from '../../src/assortment';
import { Stock } from '../../src/stock';
import { order } from '../../../../tools/support/events';

const NOW = 1_764_000_000_000;
const pens = { sku: 'pen', quantity: 3, unitAmountMinor: 250 };
const globe = { sku: 'globe', quantity: 1, unitAmountMinor: 7_950 };

let stock: Stock;
beforeEach(() => (stock = new Stock()));

describe('the stock', () => {
  it('reserves a repeated order once', () => {
    const wanted = order({ lines: [pens, pens] });
    expect([stock.reserve(wanted, NOW), stock.reserve(wanted, NOW)]).toEqual([true, false]);
    expect(stock.reserved('pen')).toBe(6);
  });

  it('requests a retry until the supplier has delivered, and reserves nothing before', () => {
    const wanted = order({ lines: [pens, globe], createdAt: NOW });
    const deliveredAt = NOW + (assortment.get('globe')?.deliveredAfterMs ?? 0);
    expect(() => stock.reserve(wanted, deliveredAt - 1)).toThrow(RetriableError);
    expect(stock.reserved('pen')).toBe(0);
    expect(stock.reserve(wanted, deliveredAt)).toBe(true);
    expect([stock.reserved('pen'), stock.reserved('globe')]).toEqual([3, 1]);
  });

  it('refuses an unknown product permanently, even next to one that is out of stock', () => {
    const wanted = order({ lines: [globe, { ...pens, sku: 'unicorn' }], createdAt: NOW });
    expect(() => stock.reserve(wanted, NOW)).toThrow(PermanentError);
    expect(() => stock.reserve(wanted, NOW)).toThrow('order-1: there is no article unicorn');
    expect([stock.reserved('globe'), stock.reserved('unicorn')]).toEqual([0, 0]);
  });
});
