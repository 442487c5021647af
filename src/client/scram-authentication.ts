import { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSProtocolError, type Mechanism } from 'kafkajs';
import type { ConnectionSasl } from '../protocol/connection';
import { SIZE_BYTES } from '../protocol/frame';
import { LoginRefused } from '../protocol/login-refused';
import { scramLogin } from '../protocol/scram-login';
import { UserError } from '../validation/user-error';

/** Kafka's name of the answer to a wrong password. */
const REFUSED = 'SASL_AUTHENTICATION_FAILED';

/**
 * The login of kafkajs, with the password as it is at each login; its own keeps the first one, and takes a connection that is lost
 * during a login for a wrong password.
 */
export const scramAuthentication = (sasl: ConnectionSasl): Mechanism => ({
  mechanism: 'scram-sha-512',
  authenticationProvider: ({ host, port, saslAuthenticate }) => ({
    authenticate: async () => {
      const server = `${host}:${port}`;
      try {
        await scramLogin(sasl, async (message) => {
          const answer = await saslAuthenticate({
            request: { encode: () => withSize(message) },
            response: { decode: (bytes) => bytes.subarray(SIZE_BYTES), parse: (bytes) => bytes },
          }).catch((error: unknown) => {
            if (!(error instanceof KafkaJSProtocolError) || error.type !== REFUSED) throw error;
            throw new LoginRefused(server, sasl.username, error.message);
          });
          return answer ?? Buffer.alloc(0);
        });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const mayPass = error instanceof LoginRefused && error.mayPass;
        // kafkajs connects again after the one, and gives up after the other.
        throw mayPass
          ? new KafkaJSConnectionError(error.message, { broker: server })
          : new KafkaJSNonRetriableError(error.message);
      }
    },
  }),
});

function withSize(message: Buffer): Buffer {
  const size = Buffer.alloc(SIZE_BYTES);
  size.writeInt32BE(message.length);
  return Buffer.concat([size, message]);
}
