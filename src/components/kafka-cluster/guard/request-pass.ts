import { UserError } from '../../../validation/user-error';
import { z } from 'zod';

const answerSchema = z.object({ text: z.string() });

/**
 * Asks the guard that listens on a port of this pod to wait no longer.
 * @returns what it no longer waits for
 * @throws {UserError} if it waits for nothing, or does not answer
 */
export async function requestPass(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/pass`, { method: 'POST' }).catch((error: unknown) => {
    throw new UserError(`The guard does not answer: ${String(error)}.`, 'see its log (kubectl logs <pod> -c guard)');
  });
  const { text } = answerSchema.parse(await response.json());
  if (!response.ok) throw new UserError(text, 'see the log of the broker for what its guard waits for');
  return text;
}
