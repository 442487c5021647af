import type { Type } from 'avsc';
import type { AvroSchema } from '../../avro/subject';
import { PermanentError } from '../errors';
import { avroType } from './avro-type';
import { exactFields } from './exact-fields';
import { mismatch } from './mismatch';
import { PREFIX_BYTES, writePrefix } from './wire-format';

/** Large enough for most events; a larger event is written twice. */
const SCRATCH_BYTES = 16 * 1024;

interface WriterProps {
  readonly topic: string;
  /** Id of the schema in the registry. */
  readonly id: number;
  readonly schema: AvroSchema;
}

/** Writes values of one topic with one schema. */
export class TopicWriter {
  private readonly type: Type;
  private readonly isExact: (value: unknown) => boolean;
  private readonly scratch = Buffer.alloc(SCRATCH_BYTES);

  constructor(private readonly props: WriterProps) {
    this.type = avroType(props.schema);
    this.isExact = exactFields(this.type) ?? (() => true);
    writePrefix(this.scratch, props.id);
  }

  /** @throws {PermanentError} with the path of the first field that does not match the schema, and without its value */
  encode(event: unknown): Buffer {
    const end = this.write(event, this.scratch);
    if (end === undefined) throw this.failure(event);
    if (end >= 0) return Buffer.from(this.scratch.subarray(0, end));
    const bytes = Buffer.allocUnsafe(this.scratch.length - end);
    // A different length: the event changed between the two writes, as an event with getters may.
    if (this.write(event, bytes) !== bytes.length) throw this.failure(event);
    writePrefix(bytes, this.props.id);
    return bytes;
  }

  /**
   * The end of the event; negative, by the number of missing bytes, if the buffer is too small; undefined if the event
   * does not match the type.
   */
  private write(event: unknown, bytes: Buffer): number | undefined {
    try {
      return this.isExact(event) ? this.type.encode(event, bytes, PREFIX_BYTES) : undefined;
    } catch {
      // avsc's own messages contain the value.
      return undefined;
    }
  }

  private failure(event: unknown): PermanentError {
    return new PermanentError(`${this.props.topic}: the event does not fit its schema: ${this.reason(event)}`);
  }

  private reason(event: unknown): string {
    try {
      return mismatch(this.type, event) ?? 'it cannot be written';
    } catch (error) {
      // An error thrown by a getter of the event may contain the value.
      return error instanceof RangeError ? 'it is nested too deeply, or in itself' : 'it cannot be looked at';
    }
  }
}
