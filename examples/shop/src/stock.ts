import type { EventOf } from '../clients';
import { PermanentError, RetriableError } from 'kafka-platform/client';
import { assortment } from './assortment';
import { RecentIds } from './recent-ids';

/** Reserved stock, in memory. */
export class Stock {
  private readonly quantities = new Map<string, number>();
  private readonly orders = new RecentIds();

  /** Number of reserved pieces of an article. */
  reserved(sku: string): number {
    return this.quantities.get(sku) ?? 0;
  }

  /**
   * Reserves all articles of an order, or none.
   * @param now milliseconds since 1970
   * @returns false if the order was reserved before
   * @throws {PermanentError} for an article that is not sold
   * @throws {RetriableError} while an article is out of stock
   */
  reserve({ orderId, lines, createdAt }: EventOf<'orders'>, now = Date.now()): boolean {
    if (this.orders.has(orderId)) return false;
    for (const { sku } of lines)
      if (!assortment.has(sku)) throw new PermanentError(`${orderId}: there is no article ${sku}`);
    for (const { sku } of lines) {
      const deliveredAt = createdAt + (assortment.get(sku)?.deliveredAfterMs ?? 0);
      if (now < deliveredAt) throw new RetriableError(`${orderId}: ${sku} is out of stock`);
    }
    for (const { sku, quantity } of lines) this.quantities.set(sku, this.reserved(sku) + quantity);
    this.orders.add(orderId);
    return true;
  }
}
