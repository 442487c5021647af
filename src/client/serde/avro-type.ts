import { Type, type Schema } from 'avsc';
import { isPrimitive, schemaTree, type SchemaTree } from '../../avro/schema-tree';
import type { AvroSchema } from '../../avro/subject';
import { avscSchema } from './avsc-schema';
import { boundedBlocks } from './bounded-blocks';
import { exactValues } from './exact-values';
import { wholeNumbers } from './whole-numbers';

/** An invalid schema counts as a single long name. */
const LONGEST_NAME = 100;

/** A schema prepared for reading and writing. */
export interface Prepared {
  readonly tree: SchemaTree;
  readonly type: Type;
}

/**
 * Creates the avsc type of a schema. The serde and the check of the catalogue both use it. A value of a union stands
 * for itself if its JavaScript type identifies the branch, and is wrapped otherwise: `{ 'billing.Invoice': { … } }`, `{
 * int: 1 }`.
 * @param defaults `without` for a writer's schema: defaults are not needed there, and avsc rejects some valid ones
 * @throws if the schema is not valid Avro
 */
export function prepared(schema: AvroSchema, defaults: 'with' | 'without' = 'with'): Prepared {
  const tree = schemaTree(schema);
  const type = Type.forSchema(avscSchema(tree.root, defaults), {
    wrapUnions: 'auto',
    omitRecordMethods: true,
    // The registry object has no prototype, because a type may be called `constructor`.
    registry: Object.create(null) as Record<string, Type>,
    typeHook: (part, options) => named(part, options) ?? exactType(part, options),
  });
  return { tree, type };
}

/** Returns a type defined before; names are full names. */
function named(part: Schema, options: object): Type | undefined {
  if (typeof part !== 'string' || isPrimitive(part)) return undefined;
  const { registry } = options as { readonly registry: Readonly<Record<string, Type>> };
  const type = registry[part];
  if (type === undefined) throw new Error(`unknown type: ${JSON.stringify(part.slice(0, LONGEST_NAME))}`);
  return type;
}

const exactType = (part: Schema, options: object): Type | undefined =>
  wholeNumbers(part) ?? exactValues(part, options) ?? boundedBlocks(part, options);

/** The avsc type of a schema. @throws if the schema is not valid Avro */
export const avroType = (schema: AvroSchema): Type => prepared(schema).type;
