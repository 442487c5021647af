import type { RecordHandler } from '../../src/client/consumer/handlers';
import type { ConsumedRecord } from '../../src/client/consumer/record';

type Handler = RecordHandler<'orders'>;

/** Account of what consumers handled whose values count up within a key. */
export class HandledRecords {
  /** How often each place was handled, by `partition:offset`. */
  readonly places = new Map<string, number>();
  /** Handlers at work at the same time, at most. */
  mostAtOnce = 0;
  private readonly newest = new Map<string, number>();
  private readonly running = new Map<string, number>();
  private outOfOrder = 0;
  private sideBySideInKey = 0;

  /** A handler that does the work and keeps account of it. */
  handling(work: Handler): Handler {
    return async (record, context) => {
      const key = keyOf(record);
      const inKey = this.running.get(key) ?? 0;
      if (inKey > 0) this.sideBySideInKey += 1;
      this.running.set(key, inKey + 1);
      const atOnce = [...this.running.values()].reduce((sum, count) => sum + count, 0);
      this.mostAtOnce = Math.max(this.mostAtOnce, atOnce);
      try {
        await work(record, context);
        this.note(record);
      } finally {
        this.running.set(key, (this.running.get(key) ?? 1) - 1);
      }
    };
  }

  note(record: ConsumedRecord): void {
    const place = `${record.partition}:${record.offset}`;
    const times = this.places.get(place) ?? 0;
    this.places.set(place, times + 1);
    // A repetition may come after later ones; only the first time tells the order.
    if (times > 0) return;
    const sequence = Number(record.value?.toString());
    if (sequence < (this.newest.get(keyOf(record)) ?? -1)) this.outOfOrder += 1;
    this.newest.set(keyOf(record), sequence);
  }

  get verdict() {
    const duplicates = [...this.places.values()].reduce((sum, times) => sum + times - 1, 0);
    return { outOfOrder: this.outOfOrder, sideBySideInKey: this.sideBySideInKey, duplicates };
  }
}

const keyOf = ({ key }: ConsumedRecord): string => key?.toString() ?? '';
