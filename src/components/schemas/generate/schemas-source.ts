import type { VersionedTopic } from './versioned-topic';

const HEAD = `import type { EventVersions } from './events';

/** A schema; \`~value\` is the type of its values, for the compiler only. */
type Schema<Value> = Readonly<Record<string, unknown>> & { readonly '~value'?: Value };

/** The schemas of every topic's values, oldest first, for programs that have no files beside them. */
`;

/** The schemas as TypeScript source, because bundled programs have no schema files. */
export function schemasSource(topics: readonly VersionedTopic[]): string {
  if (topics.length === 0) return 'export const eventSchemas = {};\n';
  const types = topics.map(({ topic, versions }) => {
    const name = JSON.stringify(topic);
    const each = versions.map((_, index) => `Schema<EventVersions[${name}][${index + 1}]>`);
    return `  readonly ${name}: readonly [${each.join(', ')}];\n`;
  });
  const entries = topics.map(({ topic, versions }) => {
    const lines = versions.map((schema) => `    ${JSON.stringify(schema)},\n`);
    return `  ${JSON.stringify(topic)}: [\n${lines.join('')}  ],\n`;
  });
  return `${HEAD}export const eventSchemas: {\n${types.join('')}} = {\n${entries.join('')}};\n`;
}
