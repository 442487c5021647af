import type { Command } from 'commander';
import { bootstrapOption, configOption, contextOption, environmentOption, withExample } from './options';
import { jsonOption } from './print-result';

/**
 * Adds a command that compares an environment with a cluster.
 * @param words of its example, such as `brokers drain 3 4`: the second is its name
 */
export function clusterCommand(parent: Command, words: string, description: string): Command {
  const [, name = ''] = words.split(' ');
  const added = parent
    .command(name)
    .description(description)
    .addOption(configOption())
    .addOption(environmentOption())
    .addOption(bootstrapOption())
    .addOption(contextOption())
    .addOption(jsonOption());
  return withExample(added, `${words} --bootstrap 127.0.0.1:9092`);
}
