import type { AvroSchema } from '../../avro/subject';
import { FatalError } from '../errors';
import { commandLine } from '../../validation/command-line';

/** The schemas of one topic's values, oldest first. */
export class TopicVersions {
  private constructor(
    readonly topic: string,
    readonly all: readonly AvroSchema[],
  ) {}

  /** @throws {FatalError} that names all topics without a schema */
  static ofEach(
    topics: readonly string[],
    schemas: Readonly<Partial<Record<string, readonly AvroSchema[]>>>,
  ): readonly TopicVersions[] {
    const missing = topics.filter((topic) => (schemas[topic] ?? []).length === 0);
    if (missing.length === 0) return topics.map((topic) => new TopicVersions(topic, schemas[topic] ?? []));
    throw new FatalError(
      `no schema was passed for ${missing.join(', ')}\n  fix: pass schemas with an entry for each topic, as \`${commandLine('schemas types')}\` writes them`,
    );
  }

  /** Number of the newest version. */
  get count(): number {
    return this.all.length;
  }

  get newest(): AvroSchema {
    return this.version(this.count);
  }

  /** @throws {FatalError} if the version does not exist */
  version(number: number): AvroSchema {
    const schema = this.all[number - 1];
    if (schema !== undefined) return schema;
    throw new FatalError(`${this.topic} has no version ${number}: there are 1 to ${this.count}`);
  }
}
