import { extname, join } from 'node:path';

/** Arguments for Node.js that run a command of this program in a separate process, with the same module loaders. */
export const selfArguments = (...args: readonly string[]): readonly string[] => [
  ...process.execArgv,
  join(__dirname, `main${extname(__filename)}`),
  ...args,
];
