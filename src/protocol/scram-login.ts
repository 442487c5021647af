import { randomBytes } from 'node:crypto';
import type { ConnectionSasl } from './connection';
import { ScramClient } from './scram';
import { readPassword } from './text-source';

const NONCE_BYTES = 24;

/**
 * Logs in with the password as it is now.
 * @param exchange sends a message to the server and returns its answer
 * @throws {UserError} if the server does not prove that it knows the user, or the password cannot be read
 */
export async function scramLogin(
  { username, password }: ConnectionSasl,
  exchange: (message: Buffer) => Promise<Buffer>,
): Promise<void> {
  const client = new ScramClient(username, randomBytes(NONCE_BYTES).toString('base64url'));
  const secret = readPassword(password, username);
  const first = await exchange(Buffer.from(client.clientFirst()));
  const final = await exchange(Buffer.from(await client.clientFinal(first.toString(), secret)));
  client.verifyServerFinal(final.toString());
}
