#!/usr/bin/env node
import { run } from '../console/run';
import { programWith } from './program';

run(async () => {
  const args = process.argv.slice(2);
  // In `help topics` the command is the second argument.
  const program = await programWith(args.slice(0, 2));
  await program.parseAsync(args, { from: 'user' });
});
