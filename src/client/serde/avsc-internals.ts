/** The reader and writer of avsc 5.7.9: the part of this private type that is used here. */
export interface Tap {
  readonly buf: Buffer;
  pos: number;
  readLong(): number;
  skipLong(): void;
  readFloat(): number;
  readBytes(): Buffer;
  readString(): string;
  skipString(): void;
  writeLong(value: number): void;
  writeFloat(value: number): void;
  writeString(value: string): void;
}

/** A type, or a resolver used in its place. */
export interface Part {
  _read(tap: Tap): unknown;
  _skip(tap: Tap): void;
  _write(tap: Tap, value: unknown): void;
}

/** What avsc calls on a resolver; it uses nothing else. */
export interface ReadsAs {
  readonly _readerType: object;
  readonly _read: (tap: Tap) => unknown;
}

/** The method of a type that accepts a resolver that avsc did not create. */
export interface Decoding {
  /** `offset` is negative if the bytes end early. */
  decode(bytes: Buffer, position: number, resolver?: ReadsAs): { readonly value: unknown; readonly offset: number };
}
