import type { KafkaConnection } from '../../protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../validation/user-error';
import { DESCRIBE_CLUSTER } from '../../protocol/describe-cluster';
import { ask } from '../../protocol/request';

const WITHIN_MS = 10 * 60_000;
const POLL_MS = 500;

/** Time to wait for all brokers if fewer are enough. After a cold start all brokers come up within this time. */
const ALL_WITHIN_MS = 60_000;

interface WaitProps {
  readonly connection: KafkaConnection;
  /** Required number of brokers. With fewer brokers, topics would get fewer replicas or be rejected. */
  readonly count: number;
  /**
   * Number of brokers that is enough if not all of them come up within a minute, for example while one is unavailable.
   * @default count
   */
  readonly enough?: number;
  readonly note: (detail: string) => void;
}

/** Waits until every broker is registered and unfenced. @throws {UserError} after ten minutes */
export async function untilBrokersServe({ connection, count, enough = count, note }: WaitProps): Promise<void> {
  const started = Date.now();
  for (;;) {
    const serving = await servingBrokers(connection);
    const waited = Date.now() - started;
    if (serving >= (waited < ALL_WITHIN_MS ? count : enough)) return;
    note(`${serving} of ${count} serve`);
    if (waited > WITHIN_MS) {
      throw new UserError(`Only ${serving} of ${count} brokers serve after ${WITHIN_MS / 60_000} minutes.`);
    }
    await delay(POLL_MS);
  }
}

async function servingBrokers(connection: KafkaConnection): Promise<number> {
  try {
    const { brokers } = await ask(connection, DESCRIBE_CLUSTER);
    return brokers.filter(({ isFenced }) => !isFenced).length;
  } catch {
    return 0;
  }
}
