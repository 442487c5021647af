import { avroType } from '../../src/client/serde/avro-type';
import { onlyWriter } from '../../src/client/serde/only-writer';
import { TopicReader } from '../../src/client/serde/topic-reader';
import { TopicWriter } from '../../src/client/serde/topic-writer';
import { sampleValues } from '../../src/components/schemas/sample-values';
import { schemaTree } from '../../src/avro/schema-tree';
import type { AvroSchema } from '../../src/avro/subject';
import { avroText } from './avro-text';
import type { Dice } from '../../tools/support/dice';
import { readByJava } from './java-avro';
import { randomValue } from './random-value';

const ID = 1;
const RANDOM = 20;

/** A pair of versions, which may be equal, and its name in the test. */
export interface Versions {
  readonly name: string;
  readonly writer: AvroSchema;
  readonly reader: AvroSchema;
}

/**
 * Writes values with one schema and reads them with another, with the serde and with Apache Avro for Java, from the
 * bytes of both.
 * @returns the number of compared values, and the first difference of each pair
 */
export async function compareWithJava(
  all: readonly Versions[],
  dice: Dice,
): Promise<{ readonly compared: number; readonly differences: readonly string[] }> {
  const written = all.flatMap((versions) =>
    valuesOf(versions.writer, dice).map((value) => ({ ...versions, bytes: write(versions.writer, value) })),
  );
  const answers = await readByJava(written.map((each) => ({ ...each, bytes: each.bytes.subarray(5) })));
  const differences = new Map<string, string>();
  for (const [index, { name, writer, reader, bytes }] of written.entries()) {
    const java = answers[index] ?? { error: 'no answer' };
    const ours = avroText(reader, read(bytes, reader, writer));
    const back =
      'error' in java ? '' : avroText(reader, read(Buffer.concat([bytes.subarray(0, 5), java.bytes]), reader));
    const differs = 'error' in java || java.text !== ours || back !== ours;
    if (differs && !differences.has(name))
      differences.set(name, `${name}: ${ours}, Java ${JSON.stringify(java)}, read back ${back}`);
  }
  return { compared: written.length, differences: [...differences.values()] };
}

function valuesOf(schema: AvroSchema, dice: Dice): readonly unknown[] {
  const type = avroType(schema);
  return [...sampleValues(schemaTree(schema)), ...Array.from({ length: RANDOM }, () => randomValue(type, dice))];
}

const write = (schema: AvroSchema, value: unknown): Buffer =>
  new TopicWriter({ topic: 'compared', id: ID, schema }).encode(value);

const read = (bytes: Buffer, reader: AvroSchema, writer = reader): unknown =>
  new TopicReader('compared', reader, onlyWriter(writer)).decode(bytes);
