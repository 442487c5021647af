import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a program in PATH; undefined if it is missing. */
export const onPath = (program: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, program))
    .find(isExecutable);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Describes tests that need a program. Without it they are skipped, and one line says how to install it. */
export function describeWith(program: string, title: string, body: () => void): void {
  if (onPath(program) !== undefined) {
    describe(title, body);
    return;
  }
  const line = `${title}: skipped, ${program} is not on the PATH (Debian: apt-get install prometheus)`;
  // Reporters do not list the tests of a file that is skipped as a whole.
  process.stderr.write(`${line}\n`);
  it.skip(line, () => undefined);
}
