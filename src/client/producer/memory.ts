interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/** Bounds the bytes that are held; who comes when it is full waits in line, so that order is kept. */
export class Memory {
  /** Bytes held by now; never above the bound. */
  held = 0;
  private readonly waiting: Waiting[] = [];
  private isAdmitting = false;

  constructor(private readonly bound: number) {}

  /** Whether it could ever find room. */
  fits(bytes: number): boolean {
    return bytes <= this.bound;
  }

  /** Calls `enter` as soon as there is room, at once when there is. */
  take(bytes: number, enter: () => void): void {
    this.waiting.push({ bytes, enter });
    if (this.waiting.length === 1) this.admit();
  }

  release(bytes: number): void {
    this.held -= bytes;
    this.admit();
  }

  /** Waits until nobody waits in line any more. */
  async room(): Promise<void> {
    if (this.waiting.length > 0) await new Promise<void>((enter) => this.take(0, enter));
  }

  /** Sends away who still waits; who only asked for room is told that there is. */
  clear(): void {
    for (const { bytes, enter } of this.waiting.splice(0)) if (bytes === 0) enter();
  }

  /** Who enters may leave at once, or bring another: both are seen to here, not one within the other. */
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
