import { declaredTypes, eventTypeName } from './declared-types';
import type { VersionedTopic } from './versioned-topic';

const HEAD = `/*
 * The type of an event is that of what was read and of what is written: every field is there, also those with a default,
 * which only stands in for fields that the writer's schema does not have. Times are numbers, as they are on the wire and
 * in Kafka's own timestamps: they compare, subtract and become JSON as they are.
 * A value of a union stands for itself where its JavaScript type tells the branch; otherwise it is the only entry of an
 * object, under the name of its branch: \`{ 'shop.OrderCreated': { … } }\`, \`{ int: 1 }\`.
 * A number is a whole one between -2^52 and 2^52 where the schema says long; others are refused in both directions.
 */
`;

/**
 * TypeScript source with a type for every version of every event, and the mapping from topics to types. @throws if two
 * topics have events of the same name
 */
export const typesSource = (topics: readonly VersionedTopic[]): string =>
  [HEAD, ...[...declaredTypes(topics).values()].map((text) => `${text}\n`), maps(topics)].join('\n');

function maps(topics: readonly VersionedTopic[]): string {
  const versions = topics.map(({ topic, versions }) => {
    const types = versions.map((schema, index) => `readonly ${index + 1}: ${eventTypeName(schema, index + 1)}`);
    return `  readonly ${JSON.stringify(topic)}: { ${types.join('; ')} };`;
  });
  const newest = topics.map(({ topic, versions }) => {
    const last = versions.at(-1);
    return `  readonly ${JSON.stringify(topic)}: ${last === undefined ? 'never' : eventTypeName(last, versions.length)};`;
  });
  return `/** The types of a topic's values by the version of its schema. */
${declaration('EventVersions', versions)}
/** The newest type of each topic's values. */
${declaration('NewestEvents', newest)}`;
}

/** An interface without members would accept any value. */
const declaration = (name: string, members: readonly string[]): string =>
  members.length === 0
    ? `export type ${name} = Readonly<Record<never, never>>;\n`
    : `export interface ${name} {\n${members.join('\n')}\n}\n`;
