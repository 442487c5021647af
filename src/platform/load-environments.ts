import type { Platform } from './load';
import { ConfigError, formatValue, type Problem } from '../validation/problems';

/**
 * Loads every environment.
 * @param load loads one environment by name
 * @throws {ConfigError} with the problems of all environments. A problem that several environments share, such as a
 * line of the topic catalogue, is reported once.
 */
export function loadEach<Name extends string>(
  names: readonly Name[],
  load: (name: Name) => Platform,
): Readonly<Record<Name, Platform>> {
  const found: Found[] = [];
  const loaded = names.flatMap((name) => {
    try {
      return [[name, load(name)] as const];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      found.push(
        ...error.problems.map((problem) => ({
          name,
          isOfOne: problem.file === undefined,
          problem: { ...problem, file: problem.file ?? error.source },
        })),
      );
      return [];
    }
  });
  if (found.length > 0) throw new ConfigError('the environments', merged(found, names));
  return Object.fromEntries(loaded) as Record<Name, Platform>;
}

interface Found {
  readonly name: string;
  /** Whether the problem is in the file of one environment. The file name then already identifies the environment. */
  readonly isOfOne: boolean;
  readonly problem: Problem;
}

/** Each distinct problem once. Lists the affected environments unless all are affected. */
function merged(found: readonly Found[], all: readonly string[]): readonly Problem[] {
  const byText = new Map<string, { readonly first: Found; readonly names: string[] }>();
  for (const each of found) {
    const { path, place, value } = each.problem;
    const text = JSON.stringify({ ...each.problem, path: place ?? path, value: formatValue(value) });
    const known = byText.get(text);
    if (known === undefined) byText.set(text, { first: each, names: [each.name] });
    else known.names.push(each.name);
  }
  return [...byText.values()].map(({ first: { problem, isOfOne }, names }) =>
    names.length === all.length || isOfOne ? problem : { ...problem, environments: names },
  );
}
