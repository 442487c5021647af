import { UserError } from '../validation/user-error';
import type { ServerConnection } from './connection';
import { requestHeader, responseBody } from './header';
import { explainKafkaError } from './kafka-errors';
import { LoginRefused } from './login-refused';
import { scramLogin } from './scram-login';
import type { ServerSocket } from './server-socket';

const MECHANISM = 'SCRAM-SHA-512';

/** `SaslHandshake`, version 1, which is not flexible. */
const HANDSHAKE = { apiKey: 17, version: 1 };

/** `SaslAuthenticate`, version 2. */
const AUTHENTICATE = { apiKey: 36, version: 2 };

const UNSUPPORTED_MECHANISM = 33;
const AUTHENTICATION_FAILED = 58;

/**
 * Logs in where the connection names a user.
 * @throws {LoginRefused} if the server does not let it in
 * @throws {UserError} if the server has no such logins, or ends this one for another reason
 */
export async function authenticate(socket: ServerSocket, { server, sasl, clientId }: ServerConnection): Promise<void> {
  if (sasl === undefined) return;
  const mechanisms = await shakeHands(socket, clientId);
  if (!mechanisms.includes(MECHANISM))
    throw new UserError(
      `${server} has no logins with ${MECHANISM}${mechanisms.length === 0 ? '' : `, but with ${mechanisms.join(', ')}`}.`,
      'dial the listener of clients',
    );
  await scramLogin(sasl, async (message) => {
    const request = requestHeader(AUTHENTICATE, clientId).noTags().compactBytes(message).noTags();
    const answer = responseBody(await socket.send(request.framed()));
    answer.skipTags();
    const code = answer.int16();
    const why = answer.nullableString();
    if (code === AUTHENTICATION_FAILED) throw new LoginRefused(server, sasl.username, why ?? explainKafkaError(code));
    if (code !== 0)
      throw new UserError(`${server} ends the login of ${sasl.username}: ${explainKafkaError(code, why)}.`);
    return answer.bytes();
  });
}

/** @returns the mechanisms that the server knows; with the one that was asked for, it expects its messages now */
async function shakeHands(socket: ServerSocket, clientId: string): Promise<readonly string[]> {
  const answer = responseBody(await socket.send(requestHeader(HANDSHAKE, clientId).oldString(MECHANISM).framed()));
  const code = answer.int16();
  const mechanisms = answer.oldArray(() => answer.oldString());
  return code === UNSUPPORTED_MECHANISM ? mechanisms.filter((one) => one !== MECHANISM) : mechanisms;
}
