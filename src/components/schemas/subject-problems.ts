import type { Problem } from '../../validation/problems';
import { avroProblems } from './avro-problems';
import { sameSchema, schemaTree } from '../../avro/schema-tree';
import type { AvroSchema } from '../../avro/subject';

/** A schema and its name in messages. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: AvroSchema;
}

/** All problems of the versions of one subject, oldest first, except incompatibilities. */
export function subjectProblems(versions: readonly NamedSchema[]): readonly Problem[] {
  const invalid = versions.map(({ name, schema }) => avroProblems(schema, name));
  const valid = versions.filter((_, index) => invalid[index]?.length === 0);
  return [...invalid.flat(), ...valid.flatMap(recordProblems), ...valid.flatMap(historyProblems)];
}

function recordProblems({ name, schema }: NamedSchema): readonly Problem[] {
  const { root } = schemaTree(schema);
  if (root.kind === 'record' && root.name.includes('.')) return [];
  return [
    {
      path: name,
      value: root.kind === 'record' ? root.name : schema,
      message: 'a topic carries records, and two teams may call theirs the same',
      allowed: 'a record with a namespace, such as platform.orders',
      fix: root.kind === 'record' ? 'add "namespace"' : 'make it a record with one field',
    },
  ];
}

function historyProblems(
  { name, schema }: NamedSchema,
  index: number,
  all: readonly NamedSchema[],
): readonly Problem[] {
  const earlier = all.slice(0, index);
  const [first] = earlier;
  const own = fullName(schema);
  const same = earlier.find((one) => sameSchema(one.schema, schema));
  const renamed = first === undefined || fullName(first.schema) === own ? [] : [renaming(name, own, first)];
  return same === undefined ? renamed : [...renamed, repetition(name, own, same)];
}

const renaming = (path: string, own: string, first: NamedSchema): Problem => ({
  path,
  value: own,
  message: `the name differs from that of ${first.name}: readers find records by name`,
  allowed: fullName(first.schema),
  fix: `name it ${fullName(first.schema)}; the version belongs into the file’s name only`,
});

const repetition = (path: string, own: string, same: NamedSchema): Problem => ({
  path,
  value: own,
  message: `it means the same as ${same.name}: nobody who reads or writes by it would notice`,
  allowed: 'a version that differs from all earlier ones, not only in docs or spelling',
  fix: 'change what should be new in it, or take it out of the catalogue',
});

function fullName(schema: AvroSchema): string {
  const { root } = schemaTree(schema);
  return 'name' in root ? root.name : root.kind;
}
