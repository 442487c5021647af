import type { Schema } from 'avsc';
import type { FieldNode, SchemaNode } from '../../avro/schema-tree';

/**
 * A schema in a form that avsc interprets unambiguously: full names only, without aliases, logical types and unknown
 * attributes. avsc 5.7.9 has its own rules for namespaces, and rejects a type definition within `{"type": …}`.
 */
export function avscSchema(node: SchemaNode, defaults: 'with' | 'without'): Schema {
  const inner = (part: SchemaNode): Schema => avscSchema(part, defaults);
  const field = ({ name, type, ...more }: FieldNode) => ({
    name,
    type: inner(type),
    ...('default' in more && defaults === 'with' ? { default: more.default } : {}),
  });
  switch (node.kind) {
    case 'primitive':
      return node.type;
    case 'reference':
      return node.name;
    case 'record':
      return { type: 'record', ...nameOf(node.name), fields: node.fields.map(field) };
    case 'enum':
      return { type: 'enum', ...nameOf(node.name), symbols: [...node.symbols] };
    case 'fixed':
      return { type: 'fixed', ...nameOf(node.name), size: node.size };
    case 'array':
      return { type: 'array', items: inner(node.items) };
    case 'map':
      return { type: 'map', values: inner(node.values) };
    case 'union':
      return node.branches.map(inner) as Schema;
  }
}

/** Without an explicit namespace, a name would get the namespace of the enclosing type. */
const nameOf = (name: string): { name: string; namespace?: string } =>
  name.includes('.') ? { name } : { name, namespace: '' };
