import { toServer, type KafkaConnection } from '../../../protocol/connection';
import { DESCRIBE_QUORUM } from '../../../protocol/describe-quorum';
import { alterBrokerConfig, type ConfigChange } from '../../../protocol/incremental-alter-configs';
import { QUORUM_LISTENERS } from '../../../protocol/quorum-listeners';
import { ask, KafkaError } from '../../../protocol/request';
import { UserError } from '../../../validation/user-error';
import type { LiveBroker } from './placement';

const TIMING = { timeoutMs: 15_000, validateOnly: false } as const;

/**
 * Changes settings that one broker has of its own. The broker itself is asked; for a broker that does not serve, the
 * active controller.
 * @throws {UserError} if the change is refused, or if the active controller is needed and cannot be reached
 */
export async function changeBroker(
  connection: KafkaConnection,
  broker: Pick<LiveBroker, 'id' | 'server' | 'isFenced'>,
  change: ConfigChange,
): Promise<void> {
  const { id, server, isFenced } = broker;
  const asked = isFenced ? await activeController(connection, id) : server;
  const refusals = await alterBrokerConfig(toServer(connection, asked), { id, ...change }, TIMING).catch(
    (error: unknown) => {
      if (error instanceof KafkaError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new UserError(
        `The settings of broker ${id} were not changed: ${asked} does not answer (${why}).`,
        'run this command where the addresses of brokers and controllers can be reached, as in a pod of the cluster, or with --context',
      );
    },
  );
  const [refusal] = refusals;
  if (refusal !== undefined) throw new UserError(`The settings of broker ${id} were not changed: ${refusal.message}.`);
}

async function activeController(connection: KafkaConnection, id: number): Promise<string> {
  const [{ leaderId }, voters] = await Promise.all([
    ask(connection, DESCRIBE_QUORUM),
    ask(connection, QUORUM_LISTENERS),
  ]);
  const active = voters.find((voter) => voter.id === leaderId);
  if (active !== undefined) return `${active.host}:${active.port}`;
  throw new UserError(
    `The settings of broker ${id} were not changed: it does not serve, and there is no active controller.`,
    'try again once the controllers have elected one',
  );
}
