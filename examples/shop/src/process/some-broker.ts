import { once } from 'node:events';
import { connect } from 'node:net';
import { parseServerAddress } from 'kafka-platform/client';
import { ProgramError } from './program-error';

const TIMEOUT_MS = 5_000;

/** Waits until one of the servers accepts a connection. @throws {ProgramError} if none does, with the reason of each */
export async function someBroker(servers: readonly string[]): Promise<void> {
  const attempts = await Promise.allSettled(servers.map(accepts));
  if (attempts.some(({ status }) => status === 'fulfilled')) return;
  const reasons = attempts.map((attempt, index) => `${servers[index] ?? ''}: ${reasonOf(attempt)}`);
  throw new ProgramError(`No broker answers (${reasons.join('; ')}).`);
}

async function accepts(server: string): Promise<void> {
  const address = parseServerAddress(server);
  if (address === undefined) throw new ProgramError('this is no host:port');
  const socket = connect(address);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } finally {
    socket.destroy();
  }
}

const reasonOf = (attempt: PromiseSettledResult<void>): string =>
  attempt.status === 'fulfilled'
    ? ''
    : attempt.reason instanceof Error
      ? attempt.reason.message
      : String(attempt.reason);
