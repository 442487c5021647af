import { sameSchema } from '../../avro/schema-tree';
import { NotAvro } from '../../registry-client/registry-client';
import { valueSubject, type AvroSchema } from '../../avro/subject';
import { FatalError } from '../errors';
import { prepared, type Prepared } from './avro-type';
import type { Decoding, ReadsAs } from './avsc-internals';
import { BlockTooLong } from './bounded-blocks';
import { Lru } from './lru';
import { readAs } from './resolved-read';
import { undecodable } from './undecodable';
import { NumberTooLarge } from './whole-numbers';
import { whyUnreadable } from './why-unreadable';
import { PREFIX_BYTES, writerId } from './wire-format';
import type { WriterSchemas } from './writer-schemas';

/** Maximum number of cached writers of a topic, which limits the memory for bytes with arbitrary ids. */
const KEPT = 100;

/** The part of `WriterSchemas` that is used here. */
type Writers = Pick<WriterSchemas, 'cached' | 'cachedUses' | 'get' | 'usesOf'>;

type Unreadable = { readonly reason: string };

/**
 * How values of one writer are read as the reader's version; without a resolver if both are the same. Values that
 * cannot be read are not events of the topic (`reason`), unless their schema is a version of the topic's subject
 * (`fatal`).
 */
type Resolution = { readonly resolver: ReadsAs | undefined } | Unreadable | { readonly fatal: string };

/** Reads the values of one topic, written with any schema, as values of one version. */
export class TopicReader {
  private readonly reader: Prepared;
  private readonly decoding: Decoding;
  private readonly resolutions = new Lru<number, Resolution>(KEPT);
  /**
   * Writers whose values cannot be read. Whether the schema or the record is the cause depends on the registry's
   * current answer.
   */
  private readonly unreadables = new Lru<number, Unreadable>(KEPT);

  constructor(
    private readonly topic: string,
    private readonly schema: AvroSchema,
    private readonly writers: Writers,
  ) {
    this.reader = prepared(schema);
    this.decoding = this.reader.type;
  }

  /**
   * Synchronous once the writer's schema is known.
   * @throws {PermanentError} if the bytes are not valid
   * @throws {OutageError} while the schema is unknown because the registry is unavailable or a reference of the schema
   * is missing
   * @throws {FatalError} if the schema is a version of the topic's subject that this reader cannot read
   */
  decode(bytes: Buffer | null): unknown {
    if (bytes === null) throw undecodable({ topic: this.topic, reason: 'there is none: the record is a tombstone' });
    const id = writerId(bytes);
    if (id === undefined) throw undecodable({ topic: this.topic, reason: faultOfPrefix(bytes) });
    const known = this.resolutions.get(id) ?? this.resolve(id);
    return known === undefined ? this.ask(bytes, id) : this.read(bytes, id, known);
  }

  private async ask(bytes: Buffer, id: number): Promise<unknown> {
    if ((await this.writers.get(id)) === undefined) throw this.failure(id, 'the registry has no schema of this id');
    let resolution = this.resolve(id);
    if (resolution === undefined) {
      await this.writers.usesOf(id);
      resolution = this.resolve(id);
    }
    return resolution === undefined ? this.ask(bytes, id) : this.read(bytes, id, resolution);
  }

  /** Undefined while the registry must be asked for the schema, or for the subjects of an unreadable schema. */
  private resolve(id: number): Resolution | undefined {
    const writer = this.writers.cached(id);
    if (writer === undefined) return undefined;
    const found = this.unreadables.get(id) ?? this.resolutionOf(writer);
    if ('reason' in found) this.unreadables.set(id, found);
    const resolution = 'reason' in found ? this.unreadable(id, found) : found;
    // The answer that the schema is not a version of the subject is not final, so it is not cached here.
    if (resolution !== undefined && !('reason' in resolution)) this.resolutions.set(id, resolution);
    return resolution;
  }

  private resolutionOf(writer: AvroSchema | NotAvro): { readonly resolver: ReadsAs | undefined } | Unreadable {
    if (writer instanceof NotAvro) return { reason: writer.message };
    try {
      if (sameSchema(writer, this.schema)) return { resolver: undefined };
      const known = prepared(writer, 'without');
      const reason = whyUnreadable(this.schema, writer);
      return reason === undefined ? { resolver: readAs(this.reader, known) } : { reason };
    } catch (error) {
      return { reason: (error as Error).message };
    }
  }

  /**
   * If the schema is a version of the subject, all of its records would fail; then the schema or this reader is wrong.
   */
  private unreadable(id: number, { reason }: Unreadable): Resolution | undefined {
    const uses = this.writers.cachedUses(id);
    const own = uses?.find(({ subject }) => subject === valueSubject(this.topic));
    if (own === undefined) return uses && { reason: `this reader cannot read what that schema writes: ${reason}` };
    return {
      fatal:
        `${this.topic}: schema id ${id} (${own.subject} version ${own.version}) cannot be read here: ${reason}\n` +
        '  fix: read by a version of the schema that can; no record is to blame',
    };
  }

  private read(bytes: Buffer, id: number, resolution: Resolution): unknown {
    if ('fatal' in resolution) throw new FatalError(resolution.fatal);
    if ('reason' in resolution) throw this.failure(id, resolution.reason);
    let result: { readonly value: unknown; readonly offset: number };
    try {
      result = this.decoding.decode(bytes, PREFIX_BYTES, resolution.resolver);
    } catch (error) {
      throw this.failure(id, faultOf(error));
    }
    if (result.offset === bytes.length) return result.value;
    if (result.offset < 0) throw this.failure(id, `it ends early, after ${bytes.length} bytes`);
    throw this.failure(id, `${bytes.length - result.offset} of its ${bytes.length} bytes are behind the event`);
  }

  private failure(id: number, reason: string): Error {
    return undecodable({ topic: this.topic, id, reason });
  }
}

const faultOfPrefix = ({ length }: Buffer): string =>
  length < PREFIX_BYTES
    ? `${length} bytes are too few for the magic byte and an id`
    : 'it does not begin with the magic byte 0, so that it is not framed as an event';

/** avsc's own messages contain the payload. */
function faultOf(error: unknown): string {
  if (error instanceof BlockTooLong) return 'it has a list of more items than bytes';
  if (error instanceof NumberTooLarge) return 'it has a number beyond its type, or beyond 2^52';
  const { message } = error as Error;
  if (message.includes('enum index')) return 'it has a symbol that the enum does not have';
  if (message.includes('union index')) return 'it has a branch that the union does not have';
  return 'it is not what that schema writes';
}
