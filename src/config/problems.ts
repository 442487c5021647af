/** One thing that is wrong with a configuration, complete enough to mend it without reading code. */
export interface Problem {
  /** Where, as dotted path: `brokers.count`, `topics.3.partitions`. */
  readonly path: string;
  /** What stands there. */
  readonly value: unknown;
  /** What is wrong and why it matters. */
  readonly message: string;
  /** What may stand there. */
  readonly allowed: string;
  /** What to do. */
  readonly fix: string;
}

/** Thrown for a configuration that cannot be used: carries all problems and prints them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /**
   * @param source what has the problems
   * @param consequence what was not done because of them
   */
  constructor(
    readonly source: string,
    readonly problems: readonly Problem[],
    consequence = 'nothing was rendered or started',
  ) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super([`${source} has ${count}; ${consequence}`, ...problems.map(formatProblem)].join('\n\n'));
  }
}

function formatProblem({ path, value, message, allowed, fix }: Problem): string {
  return [`  ${path} = ${formatValue(value)}`, message, `allowed: ${allowed}`, `fix:     ${fix}`].join('\n    ');
}

function formatValue(value: unknown): string {
  if (value === undefined) return '(not set)';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
