import { NotAvro, type RegistryClient, type SubjectVersion } from '../../registry-client/registry-client';
import type { AvroSchema } from '../../avro/subject';
import { Lru } from './lru';
import { registryFailure } from './registry-failure';

/** Far more than a platform's number of schema versions; it limits the memory for bytes with arbitrary ids. */
const KEPT = 1_000;

/** The schema of an id. The result that a schema is not Avro is cached, too. */
type WriterSchema = AvroSchema | NotAvro;

/**
 * Writer schemas by id. The meaning of an id never changes, so it is requested once. A schema with missing references
 * is requested again, because the references may be registered later.
 */
export class WriterSchemas {
  private readonly known = new Lru<number, WriterSchema>(KEPT);
  private readonly uses = new Lru<number, { readonly all: readonly SubjectVersion[]; readonly until: number }>(KEPT);
  private readonly unknownUntil = new Lru<number, number>(KEPT);
  private readonly asked = new Map<number, Promise<WriterSchema | undefined>>();

  /**
   * @param unknownIdMs how long a negative answer is cached, in milliseconds: an unknown id, or an id that is no
   * version of a subject
   */
  constructor(
    private readonly registry: Pick<RegistryClient, 'schemaIfAny' | 'usesOf'>,
    private readonly unknownIdMs: number,
  ) {}

  /** The schema, if it is known without asking the registry. */
  cached(id: number): WriterSchema | undefined {
    return this.known.get(id);
  }

  /**
   * The subjects that have the schema; undefined if the registry was not asked recently, because the schema may be
   * registered elsewhere in the meantime.
   */
  cachedUses(id: number): readonly SubjectVersion[] | undefined {
    const known = this.uses.get(id);
    return known !== undefined && performance.now() < known.until ? known.all : undefined;
  }

  put(id: number, schema: AvroSchema, use: SubjectVersion): void {
    this.known.set(id, schema);
    this.uses.set(id, { all: [...(this.uses.get(id)?.all ?? []), use], until: Infinity });
  }

  /**
   * Undefined if the registry has no such schema.
   * @throws {OutageError} while the registry is unavailable, or a reference of the schema is missing
   * @throws {FatalError} if the registry rejects the request, or the server is not a registry
   */
  async get(id: number): Promise<WriterSchema | undefined> {
    const schema = this.known.get(id);
    if (schema !== undefined || performance.now() < (this.unknownUntil.get(id) ?? 0)) return schema;
    let asked = this.asked.get(id);
    if (asked === undefined) this.asked.set(id, (asked = this.ask(id)));
    return asked;
  }

  /** The subjects that have the schema. @throws like `get` */
  async usesOf(id: number): Promise<readonly SubjectVersion[]> {
    try {
      const all = await this.registry.usesOf(id);
      this.uses.set(id, { all, until: performance.now() + this.unknownIdMs });
      return all;
    } catch (error) {
      throw registryFailure(error);
    }
  }

  private async ask(id: number): Promise<WriterSchema | undefined> {
    try {
      const schema = await this.registry.schemaIfAny(id).catch(notAvro);
      if (schema === undefined) this.unknownUntil.set(id, performance.now() + this.unknownIdMs);
      else this.known.set(id, schema);
      return schema;
    } catch (error) {
      throw registryFailure(error);
    } finally {
      this.asked.delete(id);
    }
  }
}

function notAvro(error: unknown): NotAvro {
  if (error instanceof NotAvro) return error;
  throw error;
}
