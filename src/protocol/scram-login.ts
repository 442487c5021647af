import { randomBytes } from 'node:crypto';
import type { ConnectionSasl } from './connection';
import { loginMemory } from './login-memory';
import { LoginRefused } from './login-refused';
import { ScramClient } from './scram';
import { readPassword } from './text-source';

const NONCE_BYTES = 24;

/**
 * Logs in with the password as it is now; with the last one that was accepted, if that one was refused before.
 * @param exchange sends a message to the server and returns its answer
 * @throws {LoginRefused} if the exchange does; it then tells whether another login may succeed
 * @throws {UserError} if the server does not prove that it knows the user, or the password cannot be read
 */
export async function scramLogin(sasl: ConnectionSasl, exchange: (message: Buffer) => Promise<Buffer>): Promise<void> {
  const { username, password } = sasl;
  const memory = loginMemory(sasl);
  const secret = memory.next(readPassword(password, username));
  const client = new ScramClient(username, randomBytes(NONCE_BYTES).toString('base64url'));
  try {
    const first = await exchange(Buffer.from(client.clientFirst()));
    const final = await exchange(Buffer.from(await client.clientFinal(first.toString(), secret)));
    client.verifyServerFinal(final.toString());
  } catch (error) {
    if (error instanceof LoginRefused) error.mayPass = memory.refuse(secret);
    throw error;
  }
  memory.accept(secret);
}
