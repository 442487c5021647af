import { ConfigError, type Problem } from '../config/problems';
import { VARIABLES, type Variable } from './variables';

/** What a program is told by its environment. */
export interface ServiceSettings {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /** Address of the schema registry, with its base path. */
  readonly registry: string;
  /** Where it answers over HTTP. */
  readonly port: number;
  /** Only there does it answer. @default everywhere */
  readonly host?: string;
  /** Name of this instance: stable, and of no other one of the program. */
  readonly instance: string;
  /** How long a graceful end may take. */
  readonly shutdownMs: number;
  /** Of a program that makes events, and only of one. */
  readonly eventsPerSecond?: number;
}

interface Program {
  readonly name: string;
  /** Whether it makes events, and so has to be told how many. */
  readonly isGenerator: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {ConfigError} with every variable that is missing or wrong */
export function readSettings(environment: Environment, { name, isGenerator }: Program): ServiceSettings {
  const problems: Problem[] = [];
  const value = <T>(variable: Variable<T>): T => {
    const text = environment[variable.name]?.trim();
    const read = text === undefined || text === '' ? undefined : variable.read(text);
    if (read === undefined) problems.push(problemOf(variable, text));
    // Whoever gets undefined never uses it: there is a problem.
    return read as T;
  };
  const settings: ServiceSettings = {
    bootstrap: value(VARIABLES.bootstrap),
    registry: value(VARIABLES.registry),
    port: value(VARIABLES.port),
    instance: value(VARIABLES.instance),
    shutdownMs: value(VARIABLES.shutdownMs),
    ...(environment[VARIABLES.host.name] !== undefined && { host: value(VARIABLES.host) }),
    ...(isGenerator && { eventsPerSecond: value(VARIABLES.eventsPerSecond) }),
  };
  if (problems.length > 0) throw new ConfigError(`The environment of ${name}`, problems, 'nothing was started');
  return settings;
}

const problemOf = ({ name, allowed, example }: Variable<unknown>, text: string | undefined): Problem => ({
  path: name,
  value: text,
  message: text === undefined || text === '' ? 'the variable is not set' : 'the value cannot be used',
  allowed,
  fix: `set it, as in ${name}=${example}`,
});
