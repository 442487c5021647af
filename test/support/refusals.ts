import { problemsOf, withValues } from './config';

/** One thing that is wrong with a configuration: what, how it is made so, where and with which words it is refused. */
export type Row = readonly [what: string, changes: Readonly<Record<string, unknown>>, path: string, says: RegExp];

/** Holds for each row that it is refused at its path, and that the refusal tells what is allowed and what to do. */
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
