import { problemsOf, withValues } from '../../tools/support/config';

/** A problem of a configuration: description, changes that cause it, path, and expected words of the message. */
export type Row = readonly [what: string, changes: Readonly<Record<string, unknown>>, path: string, says: RegExp];

/** Tests for each row that the configuration is rejected at the path, with allowed values and fix. */
export function itRefuses(rows: readonly Row[]): void {
  it.each(rows)('%s', (_what, changes, path, says) => {
    const problems = problemsOf(withValues(changes));
    const problem = problems.find((one) => one.path === path);
    expect(problems.map((one) => one.path)).toContain(path);
    expect(`${problem?.message ?? ''} ${problem?.allowed ?? ''}`).toMatch(says);
    expect(problem?.allowed).not.toBe('');
    expect(problem?.fix).not.toBe('');
  });
}
