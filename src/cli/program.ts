import type { Command } from 'commander';
import { version } from '../../package.json';
import { ProgramCommand } from '../console/program-command';
import { UserError } from '../validation/user-error';
import { withExample } from './options';

/** Adds options, arguments and action to a command. */
type Define = (command: Command) => void;

interface Entry {
  readonly summary: string;
  /** Loads the module of the command. Only the module of the requested command is loaded. */
  readonly load: () => Promise<Define>;
}

/** The commands in the order of the help. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary:
      'Starts the platform on this machine, applies its topics and schemas, runs the smoke test, and stays until Ctrl-C.',
    load: async () => (await import('./start.js')).start,
  },
  platform: {
    summary: 'The local platform in the background: brokers and what runs beside them, as processes of this machine.',
    load: async () => (await import('./platform.js')).platform,
  },
  topics: {
    summary: 'Compares the topics of the configuration with a cluster, and applies them.',
    load: async () => (await import('./topics.js')).topics,
  },
  users: {
    summary: 'Compares the users of the configuration and what they may do with a cluster, and applies them.',
    load: async () => (await import('./users.js')).users,
  },
  features: {
    summary:
      'Compares the feature levels of the configuration with a cluster, metadata.version among them, and sets them.',
    load: async () => (await import('./features.js')).features,
  },
  'cluster-config': {
    summary: 'Finds settings that were set on running brokers and win over the configuration, and corrects them.',
    load: async () => (await import('./cluster-config.js')).clusterConfig,
  },
  brokers: {
    summary: 'Moves partitions to new brokers, and away from brokers that are to be removed.',
    load: async () => (await import('./brokers.js')).brokers,
  },
  schemas: {
    summary: 'Compares the Avro schemas of the definition with a registry, and applies them.',
    load: async () => (await import('./schemas.js')).schemas,
  },
  'dead-letters': {
    summary: 'Lists the records that consumer groups could not handle, and replays them.',
    load: async () => (await import('./dead-letters.js')).deadLetters,
  },
  smoke: {
    summary:
      'Runs the smoke test against a cluster: every acknowledged record is read back. Exit code 1 when a check fails.',
    load: async () => (await import('./smoke.js')).smoke,
  },
  synth: {
    summary: 'Writes the Kubernetes manifests of every environment but local, once all of them are valid.',
    load: async () => (await import('./synth.js').catch(withoutCdk8s)).synth,
  },
  deploy: {
    summary:
      'Applies the manifests of an environment to Kubernetes when the cluster can take them, waits, and runs the smoke test.',
    load: async () => (await import('./deploy.js')).deploy,
  },
  open: {
    summary: 'Forwards a port of this machine to a component of the platform in Kubernetes.',
    load: async () => (await import('./open.js')).open,
  },
};

/** A project that uses only the clients need not install the peer dependencies. */
function withoutCdk8s(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'MODULE_NOT_FOUND' || !/'(cdk8s|constructs)'/.test(message)) throw error;
  throw new UserError('Manifests are rendered by cdk8s, which is not installed here.', 'npm install cdk8s constructs');
}

/** All commands, by name. */
export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

/**
 * The program with the requested commands. Other commands have only their description.
 * @param asked names of commands; other words are ignored
 */
export async function programWith(asked: readonly string[]): Promise<Command> {
  const program = new ProgramCommand('kafka-platform')
    .description('A Kafka platform as code: starts it on this machine, deploys it, and applies its topics and schemas.')
    .version(version);
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(summary);
    if (asked.includes(name)) (await load())(command);
  }
  return withExample(program, 'topics plan');
}
