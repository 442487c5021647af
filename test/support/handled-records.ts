import type { RecordHandler } from '../../src/client/consumer/handlers';
import type { ConsumedRecord } from '../../src/client/consumer/record';

type Handler = RecordHandler<'orders'>;

/** Records what consumers handled. Values increase within a key. */
export class HandledRecords {
  /** Number of times that each record was handled, by `partition:offset`. */
  readonly places = new Map<string, number>();
  /** Maximum number of handlers that ran at the same time. */
  mostAtOnce = 0;
  private readonly newest = new Map<string, number>();
  private readonly running = new Map<string, number>();
  private outOfOrder = 0;
  private sideBySideInKey = 0;

  /** A handler that does the work and records the result. */
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
    // A repetition may follow later records, so only the first handling determines the order.
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
