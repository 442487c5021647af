import { toServer, type KafkaConnection } from '../../../protocol/connection';
import { DESCRIBE_QUORUM } from '../../../protocol/describe-quorum';
import { alterBrokerConfig, type ConfigChange } from '../../../protocol/incremental-alter-configs';
import { QUORUM_LISTENERS } from '../../../protocol/quorum-listeners';
import { ask, KafkaError } from '../../../protocol/request';
import { UserError } from '../../../validation/user-error';
import { seconds } from '../../../validation/units';
import { retry } from '../../../waiting/retry';
import type { LiveBroker } from './placement';
import { messageOf } from '../../../validation/message-of';

const TIMING = { timeoutMs: 15_000, validateOnly: false } as const;

const ANSWER_MS = seconds(30);
const POLL_MS = 1_000;

/** Kafka's error code NOT_CONTROLLER: another controller has become the active one. */
const NOT_CONTROLLER = 41;

/**
 * Changes settings that one broker has of its own. The broker itself is asked, and in turn the active controller, which is
 * asked alone for a broker that does not serve: one that does not answer now may be starting anew.
 * @throws {UserError} if the change is refused, or if neither answers for half a minute
 */
export async function changeBroker(
  connection: KafkaConnection,
  { id, server, isFenced }: Pick<LiveBroker, 'id' | 'server' | 'isFenced'>,
  change: ConfigChange,
): Promise<void> {
  let isBrokerNext = !isFenced;
  const attempt = async () => {
    const asked = isBrokerNext ? server : await activeController(connection, id);
    isBrokerNext = !isBrokerNext && !isFenced;
    return alterBrokerConfig(toServer(connection, asked), { id, ...change }, TIMING);
  };
  const [refusal] = await retry(attempt, { canRetry, withinMs: ANSWER_MS, everyMs: POLL_MS }).catch(
    (error: unknown) => {
      if (error instanceof KafkaError || error instanceof UserError) throw error;
      const why = messageOf(error);
      throw new UserError(
        `The settings of broker ${id} were not changed: neither it nor the active controller answers (${why}).`,
        'run this command where the addresses of brokers and controllers can be reached, as in a pod of the cluster, or with --context',
      );
    },
  );
  if (refusal !== undefined) throw new UserError(`The settings of broker ${id} were not changed: ${refusal.message}.`);
}

const canRetry = (error: unknown): boolean => !(error instanceof KafkaError) || error.code === NOT_CONTROLLER;

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
