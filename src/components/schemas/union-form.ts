import { dereferenced, type NodeOf } from '../../avro/schema-resolution';
import type { SchemaNode, SchemaTree } from '../../avro/schema-tree';

/**
 * The JavaScript type of a branch's values, by the kind of the branch. Two branches with the same JavaScript type
 * cannot be told apart.
 */
const TELLING: Readonly<Record<string, string>> = {
  int: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  string: 'text',
  enum: 'text',
  bytes: 'buffer',
  fixed: 'buffer',
  map: 'object',
  record: 'object',
};

/**
 * Whether values of a union are wrapped as `{ <branch name>: value }`, except null. They are wrapped if their
 * JavaScript types do not identify the branch, as in a union of two records. avsc does the same with `wrapUnions:
 * 'auto'`.
 */
export function isWrapped({ branches }: NodeOf<'union'>, named: SchemaTree['named']): boolean {
  const told = branches.map((branch) => {
    const node = dereferenced(branch, named);
    const kind = node.kind === 'primitive' ? node.type : node.kind;
    return TELLING[kind] ?? kind;
  });
  return new Set(told).size < told.length;
}

/** Name of a branch within its union: a full name, or a kind. */
export const branchName = (node: SchemaNode): string =>
  node.kind === 'primitive' ? node.type : 'name' in node ? node.name : node.kind;
