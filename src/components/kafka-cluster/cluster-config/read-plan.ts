import type { KafkaConnection } from '../../../protocol/connection';
import { planConfig, type ConfigStep } from './plan';
import { readConfig } from './read-config';
import type { WantedConfig } from './wanted';

/** The settings of a configuration, and the cluster that they are compared with. */
export interface ConfigTarget {
  readonly connection: KafkaConnection;
  readonly wanted: WantedConfig;
  /** Whether a shorter retention may delete records. @default false */
  readonly allowDataLoss?: boolean;
}

/**
 * Reads the cluster and plans the changes, without changing anything.
 * @throws {UserError} if no broker answers
 */
export const readConfigPlan = async ({ connection, ...target }: ConfigTarget): Promise<readonly ConfigStep[]> =>
  planConfig({ ...target, live: await readConfig(connection) });
