import { spawn } from 'node:child_process';
import { UserError } from '../../src/validation/user-error';

interface ShellOptions {
  /** Called with each line while the command runs. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command to its end. @returns standard output @throws {UserError} with the output if it fails */
export function shell(command: string, args: readonly string[], { onLine }: ShellOptions = {}): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const [last] = chunk.toString().trim().split('\n').slice(-1);
      if (last !== undefined) onLine?.(last);
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', () => fail(new UserError(`${command} is not in PATH.`, `install ${command}`)));
    child.once('close', (code) => {
      if (code === 0) done(output);
      else fail(new UserError(`${command} ${args.join(' ')}: ${errors.trim() || output.trim()}`));
    });
  });
}
