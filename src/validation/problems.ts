import { exactBytes, exactDuration } from './units';

/** One thing that is wrong with a configuration, complete enough to correct it without reading code. */
export interface Problem {
  /** Dotted path of the setting: `brokers.clusterId`, `topics.3.partitions`. */
  readonly path: string;
  /** The path in readable form, with names instead of indexes: `topic orders: partitions`. @default the path */
  readonly place?: string;
  /** The file that contains the setting, if it is not the file that was checked. @default the source of the error */
  readonly file?: string;
  /**
   * The environments that have the problem, if other environments with the same line do not. @default all environments
   * that were checked
   */
  readonly environments?: readonly string[];
  /** The value at the path. */
  readonly value: unknown;
  /** What a number counts, which is then written in units that people read: `bytes`, `ms` or `bytes/s`. @default it is written as it is */
  readonly unit?: string | undefined;
  /** Whether nothing is written at the path, and the value holds all the same. @default false */
  readonly isDefault?: boolean;
  /** What is wrong and why it matters. */
  readonly message: string;
  /** The allowed values at the path. */
  readonly allowed: string;
  /** How to correct the problem. */
  readonly fix: string;
}

/** Thrown for a configuration that cannot be used. The message lists all problems, grouped by file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  // Node.js prints the properties of an error after its message, which has all of this.
  readonly #source: string;
  readonly #problems: readonly Problem[];

  /**
   * @param source file or configuration of those problems that name no file
   * @param problems all problems
   * @param consequence what was not done because of the problems
   */
  constructor(source: string, problems: readonly Problem[], consequence = 'nothing was rendered or started') {
    const files = [...new Set(problems.map(({ file }) => file ?? source))];
    const texts = files.map((file) => {
      const own = problems.filter((problem) => (problem.file ?? source) === file);
      const count = own.length === 1 ? 'one problem' : `${own.length} problems`;
      return [`${file} has ${count}; ${consequence}`, ...own.map(formatProblem)].join('\n\n');
    });
    super(texts.join('\n\n'));
    this.#source = source;
    this.#problems = problems;
  }

  /** The file or configuration of the problems that name no file of their own. */
  get source(): string {
    return this.#source;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The same problems, with what was not done because of them. */
  because(consequence: string): ConfigError {
    return new ConfigError(this.#source, this.#problems, consequence);
  }
}

/** @throws {ConfigError} with these problems, when there are any */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ConfigError('the configuration', problems);
}

/**
 * Calls all functions, each of which may throw a {@link ConfigError}, and returns their results.
 * @throws {ConfigError} with the problems of all functions
 */
export function allOrProblems<const T extends readonly (() => unknown)[]>(
  functions: T,
): { readonly [K in keyof T]: ReturnType<T[K]> } {
  const problems: Problem[] = [];
  const results = functions.map((each) => {
    try {
      return each();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, file: problem.file ?? error.source })));
      return undefined;
    }
  });
  throwProblems(problems);
  return results as { readonly [K in keyof T]: ReturnType<T[K]> };
}

/** A problem as text of several lines. */
function formatProblem(problem: Problem): string {
  const { path, place, environments, message, allowed, fix } = problem;
  const only = environments === undefined ? '' : `   (in ${environments.join(', ')})`;
  return [`  ${place ?? path} = ${valueText(problem)}${only}`, message, `allowed: ${allowed}`, `fix:     ${fix}`].join(
    '\n    ',
  );
}

function valueText({ value, unit, isDefault = false }: Problem): string {
  const text = quantityText(value, unit) ?? formatValue(value);
  return isDefault ? `${text} (default)` : text;
}

function quantityText(value: unknown, unit: string | undefined): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (unit === 'bytes') return exactBytes(value);
  if (unit === 'bytes/s') return `${exactBytes(value)}/s`;
  return unit === 'ms' ? exactDuration(value) : undefined;
}

const MAX_LENGTH = 80;

/** Any configuration value on one line, including values that JSON cannot represent. */
export function formatValue(value: unknown): string {
  if (value === undefined) return '(not set)';
  const text = jsonText(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 3)}...` : text;
}

function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return String(value);
  try {
    const text = JSON.stringify(value, (_, each: unknown) => plain(each)) as string | undefined;
    return text ?? `a ${typeof value}`;
  } catch {
    return `a ${typeof value} that contains itself`;
  }
}

const plain = (value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value;
