import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';
import { NO_CREDENTIAL, SCRAM_MECHANISMS } from './scram-mechanisms';

/** The SCRAM-SHA-512 credential of a user; brokers tell neither salt nor keys. */
export interface ScramUser {
  readonly user: string;
  readonly iterations: number;
}

/**
 * DescribeUserScramCredentials v0: those of these users that have a credential for SCRAM-SHA-512. The queried broker
 * receives changes with a delay. Fails with the error of the first user that has one.
 * @param users at least one, each once. Without names brokers return all users, but Kafka 4.3.1 never answers such a
 * request of a client that is not authorized, nor later ones on its connection.
 * @throws {Error} without names
 */
export function describeScramUsers(users: readonly string[]): Request<readonly ScramUser[]> {
  if (users.length === 0) throw new Error('a request for SCRAM credentials has to name users');
  return {
    apiKey: 50,
    version: 0,
    encode: (body) => void body.array(users, (user) => void body.string(user).noTags()).noTags(),
    decode: (body) => {
      body.int32();
      requireOk(body.int16(), body.nullableString());
      return body.array(() => decodeUser(body)).flat();
    },
  };
}

/** @returns the credential for SCRAM-SHA-512; nothing for a user without one */
function decodeUser(body: Decoder): readonly ScramUser[] {
  const user = body.string();
  const code = body.int16();
  const message = body.nullableString();
  const credentials = body.array(() => {
    const credential = { mechanism: body.int8(), iterations: body.int32() };
    body.skipTags();
    return credential;
  });
  body.skipTags();
  if (code !== NO_CREDENTIAL) requireOk(code, message, user);
  return credentials
    .filter(({ mechanism }) => mechanism === SCRAM_MECHANISMS['SCRAM-SHA-512'])
    .map(({ iterations }) => ({ user, iterations }));
}
