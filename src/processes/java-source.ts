import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { UserError } from '../validation/user-error';
import { QUICK_START } from './quick-start';

const HEAP = '-Xmx512m';
const LAST_LINES = 15;

interface JavaSource {
  /** The `java` program of a JDK, which compiles a single source file when it starts it. */
  readonly java: string;
  readonly classPath: string;
  /** Path of the `.java` file. */
  readonly source: string;
  /** Standard input of the program. @default empty */
  readonly input?: string;
}

/**
 * Runs a single-file Java program and returns its standard output.
 * @throws {UserError} with the last lines of its error output if it fails
 */
export async function runJavaSource({ java, classPath, source, input = '' }: JavaSource): Promise<string> {
  const child = spawn(java, [HEAP, ...QUICK_START, '-cp', classPath, source], { stdio: 'pipe' });
  // A program that ends before it has read its input reports the reason itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code === 0) return output;
  const lines = errors.trim().split('\n').slice(-LAST_LINES).join('\n    ');
  throw new UserError(
    `${java} could not run ${source}:\n    ${lines}`,
    'use a JDK: a Java runtime without a compiler cannot run a source file',
  );
}
