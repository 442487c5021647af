// Prints all commands of kafka-platform with their long options as JSON: `{ "topics plan": ["--bootstrap", …], … }`. It
// is a separate program because commands are imported dynamically, which Jest does not support.
import type { Command } from 'commander';
import { COMMAND_NAMES, programWith } from '../../src/cli/program';

const entriesOf = (command: Command, parents: readonly string[]): readonly (readonly [string, readonly string[]])[] => {
  const path = [...parents, command.name()];
  const options = command.options.flatMap(({ long }) => long ?? []);
  return [[path.join(' '), options], ...command.commands.flatMap((each) => entriesOf(each, path))];
};

void programWith(COMMAND_NAMES).then((program) => {
  console.log(JSON.stringify(Object.fromEntries(program.commands.flatMap((each) => entriesOf(each, [])))));
});
