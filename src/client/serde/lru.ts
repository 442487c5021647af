/** A cache that keeps the most recently used entries. */
export class Lru<K, V> {
  private readonly entries = new Map<K, V>();
  /** Most records have the same schema as the previous record. */
  private newest: { readonly key: K; readonly value: V } | undefined;

  constructor(private readonly limit: number) {}

  get(key: K): V | undefined {
    if (this.newest?.key === key) return this.newest.value;
    const value = this.entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    this.newest = { key, value };
    if (this.entries.size <= this.limit) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }
}
