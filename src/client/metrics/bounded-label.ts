/** More values of a label would create too many series. */
const MOST_VALUES = 50;
const LONGEST_VALUE = 64;
const REST = 'other';

/**
 * Limits the values of a label that come from other code, such as names of errors: short values up to a maximum number;
 * all others become `other`.
 */
export class BoundedLabel {
  private readonly known = new Set<string>();

  /** The value itself as long as the maximum number is not reached. */
  bounded(value: string): string {
    if (this.known.has(value)) return value;
    if (this.known.size >= MOST_VALUES || value.length > LONGEST_VALUE || !/^[\w.:$-]+$/.test(value)) return REST;
    this.known.add(value);
    return value;
  }
}
