import { PermanentError, RetriableError } from '../client/consumer/errors';
import type { EventOf } from '../schemas/events';
import { assortment } from './assortment';
import { RecentIds } from './recent-ids';

/** What is set aside for orders, in memory. */
export class Stock {
  private readonly quantities = new Map<string, number>();
  private readonly orders = new RecentIds();

  /** Pieces of an article that are set aside. */
  reserved(sku: string): number {
    return this.quantities.get(sku) ?? 0;
  }

  /**
   * Sets aside all that an order wants, or nothing.
   * @param now milliseconds since 1970
   * @returns false when it was done before
   * @throws {PermanentError} for an article that nobody sells
   * @throws {RetriableError} while one is out of stock
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
