import { appendFileSync, closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { decodeRecord, type SeenRecord } from '../../src/smoke/ledger';
import type { Positions } from '../../src/smoke/reader';

const CHUNK_BYTES = 1 << 20;

type Place = Pick<ConsumedRecord, 'partition' | 'value'> & { readonly offset: bigint | string };

/** Notes in the file that a process has handled a record; -1 stands for a record of another run. */
export const noteHandled = (file: string, run: string, { partition, offset, value }: Place): void =>
  appendFileSync(file, `${partition} ${offset} ${decodeRecord(run, value) ?? -1}\n`);

/** The records that the processes of a group have handled, read from their shared file. */
export class Handled {
  /** The first handling of each record, in order. */
  readonly first: SeenRecord[] = [];
  /** Number of repeated handlings. */
  repeated = 0;
  private readonly places = new Set<string>();
  /** The lowest unhandled offset of each partition. */
  private readonly next: Map<number, bigint>;
  private position = 0;
  private rest = '';

  /** @param from start offsets of the group */
  constructor(
    private readonly file: string,
    from: Positions,
  ) {
    this.next = new Map(from);
  }

  /** Reads new lines of the file. */
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

  /** The lowest unhandled offset. */
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
