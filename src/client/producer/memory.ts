interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/** Limits the buffered bytes. Records that do not fit wait in a queue, which preserves their order. */
export class Memory {
  /** Buffered bytes; never above the limit. */
  held = 0;
  private readonly waiting: Waiting[] = [];
  private isAdmitting = false;

  constructor(private readonly bound: number) {}

  /** Whether a record of this size can ever fit. */
  fits(bytes: number): boolean {
    return bytes <= this.bound;
  }

  /** Calls `enter` when there is room, immediately if possible. */
  take(bytes: number, enter: () => void): void {
    this.waiting.push({ bytes, enter });
    if (this.waiting.length === 1) this.admit();
  }

  release(bytes: number): void {
    this.held -= bytes;
    this.admit();
  }

  /** Resolves when no record is waiting. */
  async room(): Promise<void> {
    if (this.waiting.length > 0) await new Promise<void>((enter) => this.take(0, enter));
  }

  /** Removes all waiting records. Callers of `room` are resolved. */
  clear(): void {
    for (const { bytes, enter } of this.waiting.splice(0)) if (bytes === 0) enter();
  }

  /** A callback may release memory or add a record. Both are handled by this loop and not by recursion. */
  private admit(): void {
    if (this.isAdmitting) return;
    this.isAdmitting = true;
    let admitted = 0;
    for (const { bytes, enter } of this.waiting) {
      if (this.held + bytes > this.bound) break;
      this.held += bytes;
      admitted += 1;
      enter();
    }
    this.waiting.splice(0, admitted);
    this.isAdmitting = false;
  }
}
