import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../console/user-error';
import { DESCRIBE_CLUSTER } from '../wire/describe-cluster';
import { ask } from '../wire/request';

const WITHIN_MS = 10 * 60_000;
const POLL_MS = 500;

interface WaitProps {
  readonly bootstrap: readonly string[];
  /** How many brokers there have to be: with fewer, topics would get fewer replicas or be refused. */
  readonly count: number;
  readonly note: (detail: string) => void;
}

/** Waits until every broker is registered and not fenced. @throws {UserError} after ten minutes */
export async function untilBrokersServe({ bootstrap, count, note }: WaitProps): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const serving = await servingBrokers(bootstrap);
    if (serving >= count) return;
    note(`${serving} of ${count} serve`);
    if (Date.now() > deadline) {
      throw new UserError(
        `Only ${serving} of ${count} brokers serve after ${WITHIN_MS / 60_000} minutes.`,
        'see why the others do not (kubectl describe pod, kubectl logs); the Job tries again',
      );
    }
    await delay(POLL_MS);
  }
}

async function servingBrokers(bootstrap: readonly string[]): Promise<number> {
  try {
    const { brokers } = await ask(bootstrap, DESCRIBE_CLUSTER);
    return brokers.filter(({ isFenced }) => !isFenced).length;
  } catch {
    return 0;
  }
}
