import { forwardedConnection } from '../deploy/forwarded-connection';
import { Kubectl } from '../deploy/kubectl';
import { runningConnection } from '../local/running';
import type { Platform } from '../platform/load';
import type { KafkaConnection } from '../protocol/connection';
import type { TargetOptions } from './options';

/**
 * The connection to the cluster that the options of a command select. @throws {UserError} if they select none and no
 * local cluster runs
 */
export function connectionOf(
  { bootstrap, context }: Pick<TargetOptions, 'bootstrap' | 'context'>,
  config: Platform,
  clientId: string,
): KafkaConnection {
  if (bootstrap !== undefined) return { bootstrapServers: bootstrap, clientId };
  if (context === undefined) return runningConnection(config, clientId);
  return forwardedConnection(new Kubectl({ context, namespace: config.namespace }), config, clientId);
}
