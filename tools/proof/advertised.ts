/** Start of a response's body, after its size and correlation id. */
const BODY = 8;
const METADATA = { apiKey: 3, lastInflexible: 8 };
const FIND_COORDINATOR = { apiKey: 10, lastInflexible: 2 };

/** The request of a response. */
export interface Asked {
  readonly apiKey: number;
  readonly version: number;
}

/**
 * Replaces the brokers' ports in responses that contain broker addresses. Supports the versions that kafkajs uses,
 * which have no flexible encoding.
 */
export function advertise(answer: Buffer, { apiKey, version }: Asked, ports: ReadonlyMap<number, number>): void {
  const cursor = new Cursor(answer, BODY);
  if (apiKey === METADATA.apiKey && version <= METADATA.lastInflexible) {
    if (version >= 3) cursor.skip(4);
    for (let left = cursor.int32(); left > 0; left--) {
      cursor.skip(4);
      cursor.string();
      cursor.replacePort(ports);
      if (version >= 1) cursor.string();
    }
  } else if (apiKey === FIND_COORDINATOR.apiKey && version <= FIND_COORDINATOR.lastInflexible) {
    if (version >= 1) cursor.skip(4);
    cursor.skip(2);
    if (version >= 1) cursor.string();
    cursor.skip(4);
    cursor.string();
    cursor.replacePort(ports);
  }
}

class Cursor {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  skip(size: number): void {
    this.at += size;
  }

  int32(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  /** Skips a string; a null string has the length -1. */
  string(): void {
    this.at += 2 + Math.max(0, this.bytes.readInt16BE(this.at));
  }

  replacePort(ports: ReadonlyMap<number, number>): void {
    const other = ports.get(this.bytes.readInt32BE(this.at));
    if (other !== undefined) this.bytes.writeInt32BE(other, this.at);
    this.at += 4;
  }
}
