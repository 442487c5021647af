import { z } from 'zod';
import { UserError } from '../../../validation/user-error';

const answerSchema = z.object({ text: z.string() });

/**
 * Asks the guard that listens on a port of this pod for something that only an operator decides.
 * @param path of the request, such as `/pass`
 * @returns what it does now
 * @throws {UserError} if it refuses, or does not answer
 */
export async function askOwnGuard(port: number, path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST' }).catch((error: unknown) => {
    throw new UserError(`The guard does not answer: ${String(error)}.`, 'see its log (kubectl logs <pod> -c guard)');
  });
  const { text } = answerSchema.parse(await response.json());
  if (!response.ok) throw new UserError(text, 'see the log of the broker for what its guard waits for');
  return text;
}
