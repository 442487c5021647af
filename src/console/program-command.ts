import { Command, type ErrorOptions, type HelpContext } from 'commander';
import { nearestName } from '../validation/nearest-name';

/** ` (Did you mean topics?)`, or nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : ` (Did you mean ${nearest}?)`;
}

/** What may be written instead, and what to do. */
interface Advice {
  readonly allowed: string;
  readonly fix: string;
}

/** A command whose errors end with what is allowed and with the fix; its subcommands are such commands, too. */
export class ProgramCommand extends Command {
  override createCommand(name?: string): Command {
    return new ProgramCommand(name);
  }

  override error(message: string, options: ErrorOptions = {}): never {
    const { allowed, fix } = this.adviceOn(message, options.code) ?? {};
    const lines = fix === undefined ? [] : [`  allowed: ${allowed ?? ''}`, `  fix:     ${fix}`];
    super.error([`${message.trimEnd()}${this.nearestChoice(options.code)}`, ...lines].join('\n'), options);
  }

  /** `help` with the name of a command that does not exist would print the help without a word about it. */
  override help(context?: HelpContext | ((text: string) => string)): never {
    const [first, name] = this.args;
    if (typeof context === 'object' && context.error && first === 'help' && name !== undefined) {
      const message = `error: unknown command '${name}'${didYouMean(name, this.commandNames())}`;
      return this.error(message, { code: 'commander.unknownCommand' });
    }
    return super.help(context as HelpContext | undefined);
  }

  private adviceOn(message: string, code: string | undefined): Advice | undefined {
    switch (code) {
      case 'commander.unknownCommand':
        return { allowed: this.commandNames().join(', '), fix: 'name one of them; --help describes them' };
      case 'commander.unknownOption':
        return { allowed: this.optionNames().join(', '), fix: 'correct or remove the option; --help describes them' };
      case 'commander.excessArguments':
        return this.excessAdvice();
      case 'commander.missingArgument':
        return { allowed: `${this.path()} ${this.usage()}`, fix: 'add the value; --help describes it' };
      case 'commander.optionMissingArgument':
        return this.missingValueAdvice(message);
      case undefined:
      default:
        return undefined;
    }
  }

  private missingValueAdvice(message: string): Advice | undefined {
    const option = this.options.find(({ flags }) => message.includes(`'${flags}'`));
    return option && { allowed: option.description, fix: `write ${option.flags}, or leave the option out` };
  }

  private excessAdvice(): Advice {
    const { length } = this.registeredArguments;
    const excess = this.args.slice(length).map((text) => `'${text}'`);
    const options = this.optionNames().join(', ');
    return {
      allowed: `${length === 0 ? 'no argument' : this.usage()}, and the options ${options}`,
      fix: `remove ${excess.join(', ')}`,
    };
  }

  /** For an argument that is none of those that may be chosen. */
  private nearestChoice(code: string | undefined): string {
    if (code !== 'commander.invalidArgument') return '';
    for (const [index, { argChoices, variadic }] of this.registeredArguments.entries()) {
      const given = variadic ? this.args.slice(index) : this.args.slice(index, index + 1);
      const wrong = given.find((text) => argChoices?.includes(text) === false);
      if (wrong !== undefined) return didYouMean(wrong, argChoices ?? []);
    }
    return '';
  }

  private commandNames(): readonly string[] {
    return this.createHelp()
      .visibleCommands(this)
      .map((command) => command.name());
  }

  private optionNames(): readonly string[] {
    return this.createHelp()
      .visibleOptions(this)
      .flatMap(({ long, short }) => long ?? short ?? []);
  }

  /** The names of the command and of those around it. */
  private path(): string {
    const names = [this.name()];
    for (let above = this.parent; above !== null; above = above.parent) names.unshift(above.name());
    return names.join(' ');
  }
}
