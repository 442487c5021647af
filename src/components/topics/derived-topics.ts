import type { Problem } from '../../validation/problems';

const OF_TOPIC = /^topics\.(\d+)\.(.+)$/;

interface Named {
  readonly name?: unknown;
  readonly copiesOf?: unknown;
}

/**
 * Problems of topics that keep copies of another one's records, as those of `retryChain()`, are told of that topic where it has the same:
 * the copies take over its setting, and nobody writes it there.
 * @param topics as they are written
 */
export function withoutInherited(problems: readonly Problem[], topics: readonly unknown[]): readonly Problem[] {
  const inherited = new Map<Problem, string[]>();
  const own = problems.filter((problem) => {
    const source = sourceOf(problem, problems, topics);
    if (source === undefined) return true;
    const [, index] = OF_TOPIC.exec(problem.path) ?? [];
    inherited.set(source, [...(inherited.get(source) ?? []), String(namedAt(topics, Number(index)).name)]);
    return false;
  });
  return own.map((problem) => {
    const heirs = inherited.get(problem);
    if (heirs === undefined) return problem;
    const count = heirs.length === 1 ? 'one topic that is' : `${heirs.length} topics that are`;
    return {
      ...problem,
      message: `${problem.message}; ${count} derived from it would have the same (${heirs.join(', ')})`,
    };
  });
}

/** The same problem of the topic whose records are copied. */
function sourceOf(problem: Problem, all: readonly Problem[], topics: readonly unknown[]): Problem | undefined {
  const [, index, setting] = OF_TOPIC.exec(problem.path) ?? [];
  if (index === undefined || setting === undefined || setting === 'name') return undefined;
  const { copiesOf } = namedAt(topics, Number(index));
  const source = copiesOf === undefined ? -1 : topics.findIndex((topic) => (topic as Named | null)?.name === copiesOf);
  if (source < 0 || source === Number(index)) return undefined;
  return all.find(({ path }) => path === `topics.${source}.${setting}`);
}

const namedAt = (topics: readonly unknown[], index: number): Named => (topics[index] as Named | null) ?? {};
