import type { RegistryClient } from '../../schemas/registry-client';
import type { AvroSchema } from '../../schemas/subject';
import { Lru } from './lru';
import { registryFailure } from './registry-failure';

/** Far more versions than a platform has; a bound against bytes that name any id. */
const KEPT = 1_000;

/** The schemas that records name by id. What an id means never changes, so that it is asked once. */
export class WriterSchemas {
  private readonly known = new Lru<number, AvroSchema>(KEPT);
  private readonly unknownUntil = new Lru<number, number>(KEPT);
  private readonly asked = new Map<number, Promise<AvroSchema | undefined>>();

  /** @param unknownIdMs for how long an id counts as unknown before it is asked again, in milliseconds */
  constructor(
    private readonly registry: Pick<RegistryClient, 'schemaIfAny'>,
    private readonly unknownIdMs: number,
  ) {}

  /** What is known without the registry. */
  cached(id: number): AvroSchema | undefined {
    return this.known.get(id);
  }

  put(id: number, schema: AvroSchema): void {
    this.known.set(id, schema);
  }

  /**
   * Undefined when the registry has no such schema.
   * @throws {RetriableError} while the registry is away
   * @throws {FatalError} when it refuses to answer, or is no registry
   */
  async get(id: number): Promise<AvroSchema | undefined> {
    const schema = this.known.get(id);
    if (schema !== undefined || performance.now() < (this.unknownUntil.get(id) ?? 0)) return schema;
    let asked = this.asked.get(id);
    if (asked === undefined) this.asked.set(id, (asked = this.ask(id)));
    return asked;
  }

  private async ask(id: number): Promise<AvroSchema | undefined> {
    try {
      const schema = await this.registry.schemaIfAny(id);
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
