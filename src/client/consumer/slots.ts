/** How much may be in flight at once. */
export interface SlotLimits {
  /** Handler calls. */
  readonly calls: number;
  /** Bytes of their records. */
  readonly bytes: number;
}

/** Bounds what is in flight in all partitions together. What exceeds the bytes on its own goes alone. */
export class Slots {
  private calls = 0;
  private bytes = 0;
  private isHeld = false;
  private waiting: (() => void)[] = [];
  private idlers: (() => void)[] = [];

  constructor(private readonly limits: SlotLimits) {}

  /** @returns false when there is no room */
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

  /** Calls back once, when there may be room; whoever waits longest is called first. */
  whenFree(tell: () => void): void {
    this.waiting.push(tell);
  }

  /** Resolves when nothing is in flight. */
  idle(): Promise<void> {
    return this.calls === 0 ? Promise.resolve() : new Promise((resolve) => this.idlers.push(resolve));
  }

  /** Gives nothing out until `resume`; what is in flight goes on. */
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

  /** Each of those who wait now is asked at most once: one whose record is too large waits again at the end. */
  private wake(): void {
    for (let left = this.waiting.length; left > 0 && this.hasRoom(0); left -= 1) this.waiting.shift()?.();
  }
}
