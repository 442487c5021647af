import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../console/user-error';
import type { RegistryClient } from './registry-client';

const POLL_MS = 500;

interface WaitProps {
  readonly registry: RegistryClient;
  readonly withinMs: number;
  /** Told what is still in the way. */
  readonly note?: (detail: string) => void;
}

/** Waits until a registry that is starting lists its subjects. @throws {UserError} with its last answer when it does not */
export async function untilRegistryAnswers({ registry, withinMs, note }: WaitProps): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      await registry.subjects();
      return;
    } catch (error) {
      if (!(error instanceof UserError) || Date.now() > deadline) throw error;
      note?.(error.message.split('\n')[0] ?? '');
    }
    await delay(POLL_MS);
  }
}
