import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program of the shop as a process. */
export interface Program {
  readonly output: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Exit code, and the milliseconds since the start or the last signal. */
  readonly exited: Promise<{ readonly code: number | null; readonly afterMs: number }>;
}

/** Starts `examples/shop/programs/<name>.ts` with only these environment variables. */
export function startProgram(name: string, environment: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', `examples/shop/programs/${name}.ts`], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let since = Date.now();
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  return {
    output: () => output,
    signal: (name) => {
      since = Date.now();
      child.kill(name);
    },
    exited: once(child, 'close').then(([code]) => ({ code: code as number | null, afterMs: Date.now() - since })),
  };
}
