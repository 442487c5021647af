import { retry } from '../../waiting/retry';
import { UserError } from '../../validation/user-error';
import type { RegistryClient } from '../../registry-client/registry-client';

const POLL_MS = 500;

interface WaitProps {
  readonly registry: RegistryClient;
  readonly withinMs: number;
  /** Receives the reason why the registry is not available yet. */
  readonly note?: (detail: string) => void;
}

/**
 * Waits until a starting registry lists its subjects. @throws {UserError} with the registry's last answer after the
 * time limit
 */
export async function untilRegistryAnswers({ registry, withinMs, note }: WaitProps): Promise<void> {
  const mayStillStart = (error: unknown): boolean => {
    if (!(error instanceof UserError)) return false;
    note?.(error.message.split('\n')[0] ?? '');
    return true;
  };
  await retry(() => registry.subjects(), { canRetry: mayStillStart, withinMs, everyMs: POLL_MS });
}
