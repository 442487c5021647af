import type { Problem } from '../../validation/problems';

/** Topics that several configurations import from one file. */
export interface TopicCatalogue {
  /** File name in problems: a path relative to the root of the project. */
  readonly file: string;
  /** The same objects as in the configurations. */
  readonly topics: readonly unknown[];
}

/** Names that need no quotes in messages. */
const PLAIN = /^[a-zA-Z0-9._-]{1,80}$/;

/**
 * Replaces topic indexes by topic names in the place and the texts of a problem. If the topic comes from a catalogue,
 * the problem names the catalogue's file instead of an environment.
 * @param input the configuration as written
 * @param catalogues topic catalogues in separate files. @default none
 */
export function placed(problem: Problem, input: unknown, catalogues: readonly TopicCatalogue[] = []): Problem {
  const topics = topicsOf(input);
  const named = (text: string): string => withNames(text, topics);
  const { path } = problem;
  const [, index, inner] = /^topics\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
  const words = { message: named(problem.message), allowed: named(problem.allowed), fix: named(problem.fix) };
  if (index === undefined) return { ...problem, ...words };
  const topic = topics[Number(index)];
  const called = nameOf(topic, topics);
  const catalogue = catalogues.find((each) => each.topics.includes(topic));
  return {
    ...problem,
    ...words,
    ...(called !== undefined && { place: [called, ...(inner === undefined ? [] : [inner])].join(': ') }),
    ...(catalogue !== undefined && { file: catalogue.file }),
  };
}

/** `topics.3.keyed` becomes `keyed of topic orders`. */
const withNames = (text: string, topics: readonly unknown[]): string =>
  text.replace(/\btopics\.(\d+)((?:\.\w+)*)/g, (whole, index: string, inner: string) => {
    const called = nameOf(topics[Number(index)], topics);
    if (called === undefined) return whole;
    return inner === '' ? called : `${inner.slice(1)} of ${called}`;
  });

/** `topic orders`, with the index if several topics have the same name; undefined for a topic without a name. */
function nameOf(topic: unknown, topics: readonly unknown[]): string | undefined {
  const name = rawName(topic);
  if (typeof name !== 'string' || name === '') return undefined;
  const called = `topic ${PLAIN.test(name) ? name : JSON.stringify(name.slice(0, 80))}`;
  const same = topics.filter((other) => rawName(other) === name);
  return same.length === 1 ? called : `${called} (number ${topics.indexOf(topic) + 1} of the list)`;
}

const rawName = (topic: unknown): unknown =>
  typeof topic === 'object' && topic !== null ? (topic as { readonly name?: unknown }).name : undefined;

/** The topics of a configuration as it is written. */
export function topicsOf(input: unknown): readonly unknown[] {
  const topics = typeof input === 'object' && input !== null ? (input as { readonly topics?: unknown }).topics : [];
  return Array.isArray(topics) ? topics : [];
}
