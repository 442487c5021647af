import { dereferenced, type NodeOf } from '../../avro/schema-resolution';
import type { SchemaNode, SchemaTree } from '../../avro/schema-tree';
import { branchName, isWrapped } from './union-form';

const LONGEST = 2 ** 52 - 1;

/** Larger than the serde's buffer. */
const LARGE = 17_000;

const FLOATS = [0, -0, 1.5, NaN, Infinity, -Infinity];

/** Boundary values of each type. Logical types have the values of their underlying types. */
const PRIMITIVES: Readonly<Record<string, readonly unknown[]>> = {
  null: [null],
  boolean: [false, true],
  int: [0, -1, 63, -64, 64, 86_399_999, 2_932_896, 2 ** 31 - 1, -(2 ** 31)],
  long: [0, -1, 86_399_999_999, 253_402_300_799_999, -62_135_596_800_000, 2 ** 31, -(2 ** 31) - 1, LONGEST, -LONGEST],
  float: [...FLOATS, Math.fround(3.4028234e38), -Math.fround(3.4028234e38), 2 ** -149],
  double: [...FLOATS, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 0.1],
  bytes: [Buffer.alloc(0), Buffer.from([0x80]), Buffer.from([0x7f, 0xff, 0xff]), Buffer.alloc(LARGE, 0xff)],
  string: ['', 'ß € 🧾', '\u0000', 'ffffffff-ffff-4fff-bfff-ffffffffffff', 'x'.repeat(LARGE), '\uffff'],
};

/** Map keys with a special meaning in JavaScript. */
const KEYS = ['', '__proto__', 'constructor', 'a.b', '€'];

/** Maximum depth of a record within itself. */
const NESTED = 2;

/**
 * Sample values of a schema for a round-trip test. Together they contain every branch, every symbol and the boundary
 * values of every type. The same schema always gives the same values.
 * @returns an empty list if no finite value exists, as for a record that always contains itself
 */
export const sampleValues = ({ root, named }: SchemaTree): readonly unknown[] => new Samples(named).of(root, []);

class Samples {
  constructor(private readonly named: SchemaTree['named']) {}

  of(reference: SchemaNode, open: readonly string[]): readonly unknown[] {
    const node = dereferenced(reference, this.named);
    switch (node.kind) {
      case 'primitive':
        return PRIMITIVES[node.type] ?? [];
      case 'reference':
        return [];
      case 'enum':
        return node.symbols;
      case 'fixed':
        return [0x00, 0x7f, 0x80, 0xff].map((byte) => Buffer.alloc(node.size, byte));
      case 'array':
        return listsOf(this.of(node.items, open));
      case 'map':
        return mapsOf(this.of(node.values, open));
      case 'union':
        return node.branches.flatMap((branch) => this.ofBranch(node, branch, open));
      case 'record':
        return this.ofRecord(node, open);
    }
  }

  private ofBranch(union: NodeOf<'union'>, branch: SchemaNode, open: readonly string[]): readonly unknown[] {
    const values = this.of(branch, open);
    if (!isWrapped(union, this.named)) return values;
    return values.map((value) => (value === null ? null : { [branchName(branch)]: value }));
  }

  private ofRecord({ name, fields }: NodeOf<'record'>, open: readonly string[]): readonly unknown[] {
    if (open.filter((each) => each === name).length >= NESTED) return [];
    const samples = fields.map((field) => [field.name, this.of(field.type, [...open, name])] as const);
    if (samples.some(([, values]) => values.length === 0)) return [];
    const count = Math.max(1, ...samples.map(([, values]) => values.length));
    return Array.from({ length: count }, (_, at) =>
      // Each field starts at a different index, so that boundary values of one field are combined with different values
      // of the next.
      Object.fromEntries(samples.map(([field, values], index) => [field, values[(at + index) % values.length]])),
    );
  }
}

const listsOf = (items: readonly unknown[]): readonly unknown[] => (items.length === 0 ? [[]] : [[], [...items]]);

function mapsOf(values: readonly unknown[]): readonly unknown[] {
  if (values.length === 0) return [{}];
  const count = Math.max(KEYS.length, values.length);
  const entries = Array.from(
    { length: count },
    (_, at) => [KEYS[at] ?? `key ${at}`, values[at % values.length]] as const,
  );
  return [{}, Object.fromEntries(entries)];
}
