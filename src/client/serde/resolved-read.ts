import { types, type Type } from 'avsc';
import { branchFor, dereferenced, sourcesOf, type NodeOf } from '../../avro/schema-resolution';
import type { SchemaNode, SchemaTree } from '../../avro/schema-tree';
import type { Prepared } from './avro-type';
import type { Part, ReadsAs, Tap } from './avsc-internals';
import { readEntries, readItems } from './bounded-blocks';

/** Reads one value at the position of the tap. */
type Read = (tap: Tap) => unknown;

/** A part of a schema, and its avsc type. */
interface Side {
  readonly node: SchemaNode;
  readonly type: Type;
}

/** Reader and writer parts of the same kind; they are never unions here. */
type Pair<Kind extends SchemaNode['kind']> = Readonly<Record<'reader' | 'writer', NodeOf<Kind>>>;

/**
 * Reads values of a writer's schema as values of a reader's schema, with the same rules as the compatibility check.
 * avsc 5.7.9 has different rules for unions (it takes the first branch that fits a number, instead of the branch with
 * the same type), and fails for records with fields such as `constructor`.
 * @throws if the writer's values cannot be read as the reader's
 */
export function readAs(reader: Prepared, writer: Prepared): ReadsAs {
  const resolution = new Resolution(reader.tree.named, writer.tree.named);
  const sides = [reader, writer].map(({ tree, type }): Side => ({ node: tree.root, type })) as [Side, Side];
  return { _readerType: reader.type, _read: resolution.of(...sides) };
}

class Resolution {
  /** Resolved records, including those in progress: types may be recursive. */
  private readonly records = new Map<string, { read?: Read }>();

  constructor(
    private readonly readerNames: SchemaTree['named'],
    private readonly writerNames: SchemaTree['named'],
  ) {}

  of(readerSide: Side, writerSide: Side): Read {
    const reader = { ...readerSide, node: dereferenced(readerSide.node, this.readerNames) };
    const writer = { ...writerSide, node: dereferenced(writerSide.node, this.writerNames) };
    if (writer.node.kind === 'union') return this.fromUnion(reader, writer);
    if (reader.node.kind === 'union') return this.intoUnion(reader, reader.node, writer);
    return this.ofSameKind(reader, writer);
  }

  private ofSameKind(reader: Side, writer: Side): Read {
    const { node: to, type: readerType } = reader;
    const { node: from, type: writerType } = writer;
    if (to.kind === 'record' && from.kind === 'record') return this.ofRecords(reader, writer);
    if (to.kind === 'array' && from.kind === 'array') {
      const read = this.of(
        { node: to.items, type: innerOf(readerType).itemsType },
        { node: from.items, type: innerOf(writerType).itemsType },
      );
      return (tap) => readItems(tap, read);
    }
    if (to.kind === 'map' && from.kind === 'map') {
      const read = this.of(
        { node: to.values, type: innerOf(readerType).valuesType },
        { node: from.values, type: innerOf(writerType).valuesType },
      );
      return (tap) => readEntries(tap, read);
    }
    if (to.kind === 'enum' && from.kind === 'enum') return readSymbols({ reader: to, writer: from });
    if (to.kind === 'primitive' && from.kind === 'primitive') return promoted(to.type, from.type, writerType);
    return (tap) => partOf(writerType)._read(tap);
  }

  private fromUnion(reader: Side, writer: Side): Read {
    const reads = sidesOf(writer).map((branch) => this.of(reader, branch));
    return (tap) => {
      const read = reads[tap.readLong()];
      if (read === undefined) throw new Error('invalid union index');
      return read(tap);
    };
  }

  private intoUnion(reader: Side, union: NodeOf<'union'>, writer: Side): Read {
    const { readerNames, writerNames } = this;
    const branch = sidesOf(reader)[branchFor(union, writer.node, { readerNames, writerNames })];
    if (branch === undefined) throw new Error('no branch reads it');
    const read = this.of(branch, writer);
    const { branchName } = branch.type;
    if (!(reader.type instanceof types.WrappedUnionType) || branchName === 'null') return read;
    return (tap) => ({ [String(branchName)]: read(tap) });
  }

  private ofRecords(reader: Side, writer: Side): Read {
    const pair = `${String(reader.type.name)} ${String(writer.type.name)}`;
    const known = this.records.get(pair);
    if (known !== undefined) return (tap) => (known.read as Read)(tap);
    const entry: { read?: Read } = {};
    this.records.set(pair, entry);
    entry.read = readRecord(innerOf(reader.type), this.steps(reader, writer));
    return entry.read;
  }

  /** What is done with each field of the writer, in the writer's order. */
  private steps(reader: Side, writer: Side): readonly Step[] {
    const { fields } = reader.node as NodeOf<'record'>;
    const written = (writer.node as NodeOf<'record'>).fields;
    const sides = { to: fieldSides(reader), from: fieldSides(writer) };
    const sources = fields.map((field) => sourcesOf(field, written).map((source) => written.indexOf(source)));
    return sides.from.map((source, at) => ({
      skip: partOf(source.type),
      targets: sides.to.flatMap((target, index) =>
        sources[index]?.includes(at) === true ? [{ index, read: this.of(target, source) }] : [],
      ),
    }));
  }
}

interface Step {
  readonly skip: Part;
  /** Fields of the reader that receive the value; aliases can cause several. */
  readonly targets: readonly { readonly index: number; readonly read: Read }[];
}

/** The constructor inserts defaults for undefined values. */
function readRecord({ recordConstructor: Record, fields }: Inner, steps: readonly Step[]): Read {
  const none = fields.map(() => undefined);
  const takes = steps.map(taken);
  return (tap) => {
    const values: unknown[] = none.slice();
    for (const take of takes) take(tap, values);
    return new Record(...values);
  };
}

/**
 * Assigns the value of a writer's field to its targets. A value with two targets is read twice, so that they share no
 * objects.
 */
function taken({ skip, targets }: Step): (tap: Tap, values: unknown[]) => void {
  const [only, ...others] = targets;
  if (only === undefined) return (tap) => skip._skip(tap);
  const { index, read } = only;
  if (others.length === 0) return (tap, values) => void (values[index] = read(tap));
  return (tap, values) => {
    const begin = tap.pos;
    for (const target of targets) {
      tap.pos = begin;
      values[target.index] = target.read(tap);
    }
  };
}

function readSymbols({ reader, writer }: Pair<'enum'>): Read {
  const symbols = writer.symbols.map((symbol) => (reader.symbols.includes(symbol) ? symbol : reader.default));
  return (tap) => {
    const symbol = symbols[tap.readLong()];
    if (symbol === undefined) throw new Error('invalid enum index');
    return symbol;
  };
}

/** Bytes and strings have the same encoding; whole numbers are converted to floating-point numbers. */
function promoted(to: string, from: string, writer: Type): Read {
  if (to === 'string' && from === 'bytes') return (tap) => tap.readString();
  if (to === 'bytes' && from === 'string') return (tap) => tap.readBytes();
  if (to === 'float' && from !== 'float') return (tap) => Math.fround(partOf(writer)._read(tap) as number);
  return (tap) => partOf(writer)._read(tap);
}

const sidesOf = ({ node, type }: Side): readonly Side[] =>
  (node as NodeOf<'union'>).branches.map((branch, index) => side(branch, innerOf(type).types[index]));

const fieldSides = ({ node, type }: Side): readonly Side[] =>
  (node as NodeOf<'record'>).fields.map((field, index) => side(field.type, innerOf(type).fields[index]?.type));

function side(node: SchemaNode, type: Type | undefined): Side {
  if (type === undefined) throw new Error('the type is not that of the schema');
  return { node, type };
}

/** The inner types of a type, by kind. */
interface Inner {
  readonly itemsType: Type;
  readonly valuesType: Type;
  readonly types: readonly Type[];
  readonly fields: readonly { readonly type: Type }[];
  readonly recordConstructor: new (...values: readonly unknown[]) => unknown;
}

const innerOf = (type: Type): Inner => type as unknown as Inner;

const partOf = (type: Type): Part => type as unknown as Part;
