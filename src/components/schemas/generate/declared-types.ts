import type { AvroSchema } from '../../../avro/subject';
import { namesIn, typesOfSchema, type Declaration } from './types-of-schema';
import type { VersionedTopic } from './versioned-topic';

/** Possible names of a type within an event, shortest first. The first names that are unique are used. */
const NAMES: readonly ((type: string, event: Event) => string)[] = [
  (type, { version }) => `${simpleName(type)}V${version}`,
  (type, { version }) => `${pascal(type)}V${version}`,
  (type, { topic, version }) => `${pascal(topic)}${pascal(type)}V${version}`,
];

/** One version of a topic's values. */
interface Event {
  readonly topic: string;
  readonly version: number;
  readonly schema: AvroSchema;
}

interface Declared extends Declaration {
  readonly name: string;
  readonly event: Event;
}

/** Thrown if two topics would declare different events under the same name. */
export class TypeNameTaken extends Error {
  readonly topic: string;
  readonly type: string;

  constructor(message: string, { type, event }: Pick<Declared, 'type' | 'event'>) {
    super(message);
    this.topic = event.topic;
    this.type = type;
  }
}

/**
 * The TypeScript declarations of all events, by name. An event is named after its simple name and version. A type
 * within an event has its simple name; if another type has the same name, the namespace and then the topic are added.
 * Identical types are declared once.
 * @throws {TypeNameTaken} if two topics have events of the same name
 */
export function declaredTypes(topics: readonly VersionedTopic[]): ReadonlyMap<string, string> {
  const events = topics.flatMap(({ topic, versions }) =>
    versions.map((schema, index): Event => ({ topic, version: index + 1, schema })),
  );
  const levels = new Map<string, number>();
  for (;;) {
    const all = events.flatMap((event) => declarationsOf(event, levels));
    const shared = conflicts(all);
    if (shared.length === 0)
      return new Map(all.filter(({ text }) => text !== '').map(({ name, text }) => [name, text]));
    for (const sharing of shared) raise(sharing, levels);
  }
}

/** Name of an event's TypeScript type. */
export const eventTypeName = (schema: AvroSchema, version: number): string =>
  `${simpleName(namesIn(schema)[0] ?? '')}V${version}`;

function declarationsOf(event: Event, levels: ReadonlyMap<string, number>): readonly Declared[] {
  const nameOf = (type: string): string => (NAMES[levels.get(keyOf(type, event)) ?? 0] ?? simpleName)(type, event);
  return typesOfSchema(event.schema, nameOf).map((each) => ({ ...each, name: nameOf(each.type), event }));
}

/** Declarations that share a name with a different type or a different declaration, one list for each name. */
function conflicts(all: readonly Declared[]): readonly (readonly Declared[])[] {
  const byName = new Map<string, Declared[]>();
  for (const each of all) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  return [...byName.values()].filter(
    (sharing) =>
      new Set(sharing.map(({ type, text }) => `${type} ${text}`)).size > 1 || sharing.filter(isEvent).length > 1,
  );
}

/** Gives longer names to the types that share a name; events keep their names. */
function raise(sharing: readonly Declared[], levels: Map<string, number>): void {
  const [, other] = sharing.filter(isEvent);
  if (other !== undefined)
    throw new TypeNameTaken(`two schemas would both be ${other.name}; rename that of ${other.event.topic}`, other);
  for (const { type, event, name } of sharing.filter((each) => !isEvent(each))) {
    const level = (levels.get(keyOf(type, event)) ?? 0) + 1;
    if (level >= NAMES.length)
      throw new TypeNameTaken(`two types would both be ${name}; rename that of ${event.topic}`, { type, event });
    levels.set(keyOf(type, event), level);
  }
}

const isEvent = ({ type, event }: Declared): boolean => type === namesIn(event.schema)[0];

const keyOf = (type: string, { topic, version }: Event): string => `${topic} ${version} ${type}`;

const simpleName = (type: string): string => type.split('.').at(-1) ?? type;

/** `shop.web_order` becomes `ShopWebOrder`. */
const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
