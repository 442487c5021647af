import type { Command } from 'commander';
import { COMMAND_NAMES, programWith } from '../../src/cli/program';

/** Width of the help texts in columns. */
const WIDTH = 110;

/** A page with the help of all commands. */
export async function commandsPage(): Promise<string> {
  const program = await programWith(COMMAND_NAMES);
  const sections = commandsOf(program).flatMap((command) => [section(command), ...commandsOf(command).map(section)]);
  return `# Commands

Each command as \`--help\` prints it in this project. \`kafka-platform topics plan\` is typed \`npm run topics -- plan\` here, and
\`npx kafka-platform topics plan\` in a project that installed the package. [The definition of a platform](../concepts/definition.md) is what they read.

${sections.join('\n')}`;
}

/** Excludes the help command and hidden commands. */
const commandsOf = (command: Command): readonly Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');

function section(command: Command): string {
  const isPart = command.parent?.parent !== null;
  const name = isPart ? `${command.parent?.name() ?? ''} ${command.name()}` : command.name();
  return `${isPart ? '###' : '##'} ${name}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;
}

function helpOf(command: Command): string {
  let text = '';
  command
    .configureHelp({ helpWidth: WIDTH })
    .configureOutput({ writeOut: (part) => (text += part), getOutHasColors: () => false })
    .outputHelp();
  return text.trimEnd();
}
