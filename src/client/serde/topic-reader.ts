import type { Resolver, Type } from 'avsc';
import { sameSchema } from '../../schemas/schema-tree';
import type { AvroSchema } from '../../schemas/subject';
import { avroType } from './avro-type';
import { BlockTooLong } from './bounded-blocks';
import { Lru } from './lru';
import { undecodable } from './undecodable';
import { NumberTooLarge } from './whole-numbers';
import { whyUnreadable } from './why-unreadable';
import { PREFIX_BYTES, writerId } from './wire-format';
import type { WriterSchemas } from './writer-schemas';

/** Writers of one topic at once, and a bound against bytes that name any id. */
const KEPT = 100;

const UNREADABLE = 'this reader cannot read what that schema writes';

/** How values of one writer become those of the reader's version; no resolver where they are the same. */
type Resolution = { readonly resolver: Resolver | undefined } | { readonly reason: string };

/** Reads the values of one topic, whoever wrote them, as one version has them. */
export class TopicReader {
  private readonly type: Type;
  private readonly resolutions = new Lru<number, Resolution>(KEPT);

  constructor(
    private readonly topic: string,
    private readonly schema: AvroSchema,
    private readonly writers: WriterSchemas,
  ) {
    this.type = avroType(schema, 'never');
  }

  /**
   * Synchronous once the writer's schema is known.
   * @throws {PermanentError} whatever of the bytes is wrong
   * @throws {RetriableError} while the registry is away and the schema is not known
   */
  decode(bytes: Buffer | null): unknown {
    if (bytes === null) throw undecodable({ topic: this.topic, reason: 'there is none: the record is a tombstone' });
    const id = writerId(bytes);
    if (id === undefined) throw undecodable({ topic: this.topic, reason: faultOfPrefix(bytes) });
    const known = this.resolutions.get(id);
    if (known !== undefined) return this.read(bytes, id, known);
    const writer = this.writers.cached(id);
    if (writer !== undefined) return this.read(bytes, id, this.resolve(id, writer));
    return this.ask(bytes, id);
  }

  private async ask(bytes: Buffer, id: number): Promise<unknown> {
    const writer = await this.writers.get(id);
    if (writer === undefined) throw this.failure(id, 'the registry has no schema of this id');
    return this.read(bytes, id, this.resolutions.get(id) ?? this.resolve(id, writer));
  }

  private resolve(id: number, writer: AvroSchema): Resolution {
    const resolution = this.resolutionOf(writer);
    this.resolutions.set(id, resolution);
    return resolution;
  }

  private resolutionOf(writer: AvroSchema): Resolution {
    try {
      if (sameSchema(writer, this.schema)) return { resolver: undefined };
      const type = avroType(writer, 'auto');
      const reason = whyUnreadable(this.schema, writer);
      return reason === undefined
        ? { resolver: this.type.createResolver(type) }
        : { reason: `${UNREADABLE}: ${reason}` };
    } catch (error) {
      return { reason: `${UNREADABLE}: ${(error as Error).message}` };
    }
  }

  private read(bytes: Buffer, id: number, resolution: Resolution): unknown {
    if ('reason' in resolution) throw this.failure(id, resolution.reason);
    let result: { readonly value: unknown; readonly offset: number };
    try {
      result = this.type.decode(bytes, PREFIX_BYTES, resolution.resolver);
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

/** What avsc says quotes the payload. */
function faultOf(error: unknown): string {
  if (error instanceof BlockTooLong) return 'it has a list of more items than bytes';
  if (error instanceof NumberTooLarge) return 'it has a number beyond its type, or beyond 2^52';
  const { message } = error as Error;
  if (message.includes('enum index')) return 'it has a symbol that the enum does not have';
  if (message.includes('union index')) return 'it has a branch that the union does not have';
  return 'it is not what that schema writes';
}
