interface Disconnectable {
  disconnect(): Promise<void>;
}

interface Held<T> {
  readonly producer: T;
  users: number;
  isRetired: boolean;
}

/**
 * Provides one kafkajs producer until an error occurs. After an error, kafkajs reuses sequence numbers, which loses
 * records. The next batch therefore gets a new producer; the failed one is disconnected after the running batches of
 * other partitions have finished.
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

  /** Waiting for the current users is the caller's task. */
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
  // Disconnecting a failed producer may fail as well; the outcome of its records is already known.
  if (isRetired && users === 0) void producer.disconnect().catch(() => undefined);
}
