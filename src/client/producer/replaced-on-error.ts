interface Disconnectable {
  disconnect(): Promise<void>;
}

interface Held<T> {
  readonly producer: T;
  users: number;
  isRetired: boolean;
}

/**
 * One producer of kafkajs for as long as nothing fails. After an error it gives sequence numbers out twice, which loses
 * records: whoever comes next gets another one, and it is disconnected when the last batch of other partitions is through.
 */
export class ReplacedOnError<T extends Disconnectable> {
  private current: Promise<Held<T>> | undefined;

  constructor(private readonly connect: () => Promise<T>) {}

  async use<R>(work: (producer: T) => Promise<R>): Promise<R> {
    const current = (this.current ??= this.open());
    try {
      const held = await current;
      held.users += 1;
      try {
        return await work(held.producer);
      } catch (error) {
        held.isRetired = true;
        throw error;
      } finally {
        held.users -= 1;
        disconnectUnused(held);
      }
    } catch (error) {
      if (this.current === current) this.current = undefined;
      throw error;
    }
  }

  /** Who still uses it is waited for, and not by this. */
  async close(): Promise<void> {
    const held = await this.current?.catch(() => undefined);
    this.current = undefined;
    if (held === undefined) return;
    held.isRetired = true;
    if (held.users === 0) await held.producer.disconnect().catch(() => undefined);
  }

  private async open(): Promise<Held<T>> {
    return { producer: await this.connect(), users: 0, isRetired: false };
  }
}

function disconnectUnused({ producer, users, isRetired }: Held<Disconnectable>): void {
  // A producer that failed may fail at this too; what it wrote is settled.
  if (isRetired && users === 0) void producer.disconnect().catch(() => undefined);
}
