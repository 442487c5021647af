/** What avsc 5.7.9 reads from: the part of its private type that is needed here. */
export interface Tap {
  readonly buf: Buffer;
  pos: number;
  readLong(): number;
  skipLong(): void;
  readString(): string;
  skipString(): void;
  writeLong(value: number): void;
}

/** A type, or a resolver in its place. */
export interface Part {
  _read(tap: Tap): unknown;
  _skip(tap: Tap): void;
}
