import { endWithClosedOutput } from './closed-output';
import { problemText } from './problem-text';
import { visibleLines } from './visible';

/**
 * Runs an entry point. Errors caused by data, a cluster or a registry are printed as a sentence; defects are printed
 * with their stack.
 */
export function run(main: () => unknown): void {
  // Also handles errors that are thrown synchronously.
  const work = new Promise((done) => done(main()));
  endWithClosedOutput(work);
  work.catch((error: unknown) => {
    const problem = problemText(error);
    console.error(problem === undefined ? error : `\n${visibleLines(problem)}`);
    process.exitCode = 1;
  });
}
