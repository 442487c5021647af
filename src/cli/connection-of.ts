import { runningConnection } from '../local/running';
import type { Platform } from '../platform/load';
import type { KafkaConnection } from '../protocol/connection';
import type { TargetOptions } from './options';

/**
 * The connection to the cluster that the options of a command select. @throws {UserError} if they select none and no
 * local cluster runs
 */
export const connectionOf = (
  { bootstrap }: Pick<TargetOptions, 'bootstrap'>,
  config: Platform,
  clientId: string,
): KafkaConnection =>
  bootstrap === undefined ? runningConnection(config, clientId) : { bootstrapServers: bootstrap, clientId };
