import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { SeenRecord } from '../../src/smoke/ledger';
import type { Positions } from '../../src/smoke/reader';

const CHUNK_BYTES = 1 << 20;

/** What the processes of a group have handled, from the file that all of them write to. */
export class Handled {
  /** The first time of each record, in the order in which they were handled. */
  readonly first: SeenRecord[] = [];
  /** Further times. */
  repeated = 0;
  private readonly places = new Set<string>();
  /** The lowest offset of each partition that was not handled. */
  private readonly next: Map<number, bigint>;
  private position = 0;
  private rest = '';

  /** @param from where the group begins */
  constructor(
    private readonly file: string,
    from: Positions,
  ) {
    this.next = new Map(from);
  }

  /** Reads what came meanwhile. */
  read(): void {
    if (!existsSync(this.file)) return;
    const descriptor = openSync(this.file, 'r');
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (let size = 1; size > 0; this.position += size) {
      size = readSync(descriptor, buffer, 0, CHUNK_BYTES, this.position);
      const lines = (this.rest + buffer.toString('latin1', 0, size)).split('\n');
      this.rest = lines.pop() ?? '';
      for (const line of lines) this.note(line);
    }
    closeSync(descriptor);
  }

  /** The lowest offset that was not handled. */
  lowestUnhandled(partition: number): bigint {
    return this.next.get(partition) ?? 0n;
  }

  private note(line: string): void {
    const [partition = -1, offset = -1, sequence = -1] = line.split(' ').map(Number);
    if (this.places.has(placeOf(partition, BigInt(offset)))) {
      this.repeated += 1;
      return;
    }
    this.places.add(placeOf(partition, BigInt(offset)));
    this.first.push({ partition, offset: BigInt(offset), sequence });
    let next = this.lowestUnhandled(partition);
    while (this.places.has(placeOf(partition, next))) next += 1n;
    this.next.set(partition, next);
  }
}

const placeOf = (partition: number, offset: bigint): string => `${partition}:${offset}`;
