/** Limits of the work in flight. */
export interface SlotLimits {
  /** Number of handler calls. */
  readonly calls: number;
  /** Bytes of the calls' records. */
  readonly bytes: number;
}

/** Limits the work in flight over all partitions. A record larger than the byte limit is handled alone. */
export class Slots {
  private calls = 0;
  private bytes = 0;
  private isHeld = false;
  private waiting: (() => void)[] = [];
  private idlers: (() => void)[] = [];

  constructor(private readonly limits: SlotLimits) {}

  /** @returns false if there is no room */
  take(bytes: number): boolean {
    if (!this.hasRoom(bytes)) return false;
    this.calls += 1;
    this.bytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.calls -= 1;
    this.bytes -= bytes;
    this.wake();
    if (this.calls === 0) for (const tell of this.idlers.splice(0)) tell();
  }

  /** Registers a callback, called once when there may be room. The longest waiting callback is called first. */
  whenFree(tell: () => void): void {
    this.waiting.push(tell);
  }

  /** Resolves when no work is in flight. */
  idle(): Promise<void> {
    return this.calls === 0 ? Promise.resolve() : new Promise((resolve) => this.idlers.push(resolve));
  }

  /** Grants no slots until `resume`; work in flight continues. */
  hold(): void {
    this.isHeld = true;
  }

  resume(): void {
    this.isHeld = false;
    this.wake();
  }

  private hasRoom(bytes: number): boolean {
    if (this.isHeld) return false;
    return this.calls === 0 || (this.calls < this.limits.calls && this.bytes + bytes <= this.limits.bytes);
  }

  /** Calls each current waiter at most once. A waiter whose record does not fit waits again at the end of the list. */
  private wake(): void {
    for (let left = this.waiting.length; left > 0 && this.hasRoom(0); left -= 1) this.waiting.shift()?.();
  }
}
