import type { Type } from 'avsc';
import type { AvroSchema } from '../../schemas/subject';
import { PermanentError } from '../consumer/errors';
import { avroType } from './avro-type';
import { exactFields } from './exact-fields';
import { misfit } from './misfit';
import { PREFIX_BYTES, writePrefix } from './wire-format';

/** Room for most events; what is larger is written twice. */
const SCRATCH_BYTES = 16 * 1024;

interface WriterProps {
  readonly topic: string;
  /** That the registry has given to the schema. */
  readonly id: number;
  readonly schema: AvroSchema;
}

/** Writes the values of one topic by one schema. */
export class TopicWriter {
  private readonly type: Type;
  private readonly isExact: (value: unknown) => boolean;
  private readonly scratch = Buffer.alloc(SCRATCH_BYTES);

  constructor(private readonly props: WriterProps) {
    this.type = avroType(props.schema, 'never');
    this.isExact = exactFields(this.type) ?? (() => true);
    writePrefix(this.scratch, props.id);
  }

  /** @throws {PermanentError} with the path of the first field that does not fit the schema, and without its value */
  encode(event: unknown): Buffer {
    const end = this.isExact(event) ? this.write(event, this.scratch) : undefined;
    if (end === undefined) throw this.failure(event);
    if (end >= 0) return Buffer.from(this.scratch.subarray(0, end));
    const bytes = Buffer.allocUnsafe(this.scratch.length - end);
    this.write(event, bytes);
    writePrefix(bytes, this.props.id);
    return bytes;
  }

  /** Where the event ends; below zero so many bytes as there is too little room; undefined when it does not fit the type. */
  private write(event: unknown, bytes: Buffer): number | undefined {
    try {
      return this.type.encode(event, bytes, PREFIX_BYTES);
    } catch {
      // What avsc says quotes the value.
      return undefined;
    }
  }

  private failure(event: unknown): PermanentError {
    const reason = misfit(this.type, event) ?? 'it cannot be written';
    return new PermanentError(`${this.props.topic}: the event does not fit its schema: ${reason}`);
  }
}
