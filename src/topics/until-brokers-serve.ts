import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../console/user-error';
import { DESCRIBE_CLUSTER } from '../wire/describe-cluster';
import { ask } from '../wire/request';

const WITHIN_MS = 10 * 60_000;
const POLL_MS = 500;

/** How long all are waited for where fewer are enough: after a cold boot all come within it. */
const ALL_WITHIN_MS = 60_000;

interface WaitProps {
  readonly bootstrap: readonly string[];
  /** How many brokers there have to be: with fewer, topics would get fewer replicas or be refused. */
  readonly count: number;
  /** How many are enough when not all come within a minute, as while one is away. @default count */
  readonly enough?: number;
  readonly note: (detail: string) => void;
}

/** Waits until every broker is registered and not fenced. @throws {UserError} after ten minutes */
export async function untilBrokersServe({ bootstrap, count, enough = count, note }: WaitProps): Promise<void> {
  const started = Date.now();
  for (;;) {
    const serving = await servingBrokers(bootstrap);
    const waited = Date.now() - started;
    if (serving >= (waited < ALL_WITHIN_MS ? count : enough)) return;
    note(`${serving} of ${count} serve`);
    if (waited > WITHIN_MS) {
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
