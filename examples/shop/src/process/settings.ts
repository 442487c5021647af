import { ConfigError, type Problem } from 'kafka-platform/config';
import { VARIABLES, type Variable } from './variables';

/** Settings of a program from its environment variables. */
export interface ApplicationSettings {
  /** Addresses of brokers, as `host:port`. */
  readonly bootstrapServers: readonly string[];
  /** URL of the schema registry including its base path. */
  readonly registry: string;
  /** Rack from which consumers read where it has a replica. @default none: they read from leaders */
  readonly rackId?: string;
  /** Port of the HTTP server. */
  readonly port: number;
  /** The only address to listen on. @default all addresses */
  readonly host?: string;
  /** Name of this instance: stable, and unique among the instances of the program. */
  readonly instance: string;
  /** Time limit of a graceful shutdown. */
  readonly shutdownMs: number;
  /** Event rate, for programs that create events only. */
  readonly eventsPerSecond?: number;
  /** Whether some events can never be handled, for programs that create events only. @default false */
  readonly withFailures?: boolean;
}

interface Program {
  readonly name: string;
  /** Whether the program creates events and therefore needs an event rate. */
  readonly isGenerator: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {ConfigError} with all missing and invalid variables */
export function readSettings(environment: Environment, { name, isGenerator }: Program): ApplicationSettings {
  const problems: Problem[] = [];
  const value = <T>(variable: Variable<T>): T => {
    const text = environment[variable.name]?.trim();
    const read = text === undefined || text === '' ? undefined : variable.read(text);
    if (read === undefined) problems.push(problemOf(variable, text));
    // Undefined is never used: the problem prevents the start.
    return read as T;
  };
  const has = ({ name: variable }: Variable<unknown>): boolean => (environment[variable] ?? '') !== '';
  const settings: ApplicationSettings = {
    bootstrapServers: value(VARIABLES.bootstrap),
    registry: value(VARIABLES.registry),
    ...(has(VARIABLES.rackId) && { rackId: value(VARIABLES.rackId) }),
    port: value(VARIABLES.port),
    instance: value(VARIABLES.instance),
    shutdownMs: value(VARIABLES.shutdownMs),
    ...(environment[VARIABLES.host.name] !== undefined && { host: value(VARIABLES.host) }),
    ...(isGenerator && { eventsPerSecond: value(VARIABLES.eventsPerSecond) }),
    ...(isGenerator && has(VARIABLES.withFailures) && { withFailures: value(VARIABLES.withFailures) }),
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
