/** A list of the most recent items up to a maximum number. */
export class RingBuffer<T> {
  private readonly kept: T[] = [];
  private oldest = 0;

  constructor(private readonly capacity: number) {}

  push(item: T): void {
    if (this.kept.length < this.capacity) {
      this.kept.push(item);
      return;
    }
    this.kept[this.oldest] = item;
    this.oldest = (this.oldest + 1) % this.capacity;
  }

  /** Items, oldest first. */
  get items(): readonly T[] {
    return [...this.kept.slice(this.oldest), ...this.kept.slice(0, this.oldest)];
  }
}
