import { KafkaJSNonRetriableError, KafkaJSProtocolError, type Mechanism } from 'kafkajs';
import type { ConnectionSasl } from '../protocol/connection';
import { SIZE_BYTES } from '../protocol/frame';
import { scramLogin } from '../protocol/scram-login';
import { UserError } from '../validation/user-error';

/**
 * The login of kafkajs, with the password as it is at each login; its own keeps the first one, and takes a connection that is lost
 * during a login for a wrong password.
 */
export const scramAuthentication = (sasl: ConnectionSasl): Mechanism => ({
  mechanism: 'scram-sha-512',
  authenticationProvider: ({ saslAuthenticate }) => ({
    authenticate: async () => {
      try {
        await scramLogin(sasl, async (message) => {
          const answer = await saslAuthenticate({
            request: { encode: () => withSize(message) },
            response: { decode: (bytes) => bytes.subarray(SIZE_BYTES), parse: (bytes) => bytes },
          });
          return answer ?? Buffer.alloc(0);
        });
      } catch (error) {
        if (!(error instanceof KafkaJSProtocolError || error instanceof UserError)) throw error;
        throw new KafkaJSNonRetriableError(`The login of ${sasl.username} is refused: ${error.message}`);
      }
    },
  }),
});

function withSize(message: Buffer): Buffer {
  const size = Buffer.alloc(SIZE_BYTES);
  size.writeInt32BE(message.length);
  return Buffer.concat([size, message]);
}
