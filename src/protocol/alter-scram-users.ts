import type { Request } from './request';
import type { ScramCredential } from './scram';
import { NO_CREDENTIAL, SCRAM_MECHANISMS } from './scram-mechanisms';
import { userRefusals, type UserRefusal } from './user-refusal';

const SHA_512 = SCRAM_MECHANISMS['SCRAM-SHA-512'];

/** A user, and the credential to create or replace. */
export interface NewScramUser extends ScramCredential {
  readonly user: string;
}

/** Changes of SCRAM-SHA-512 credentials. A user occurs once: brokers reject both changes of a user that occurs twice. */
export interface ScramUsersChange {
  readonly set: readonly NewScramUser[];
  /** Users whose credentials are deleted. */
  readonly remove: readonly string[];
}

/**
 * AlterUserScramCredentials v0, with the reasons of rejections. A user without a credential to delete is not an error.
 * Users are changed independently: a rejected one does not prevent the others.
 */
export const alterScramUsers = ({ set, remove }: ScramUsersChange): Request<readonly UserRefusal[]> => ({
  apiKey: 51,
  version: 0,
  encode: (body) => {
    body.array(remove, (user) => void body.string(user).int8(SHA_512).noTags());
    body.array(set, ({ user, iterations, salt, saltedPassword }) => {
      body.string(user).int8(SHA_512).int32(iterations);
      body.compactBytes(salt).compactBytes(saltedPassword).noTags();
    });
    body.noTags();
  },
  decode: (body) => {
    body.int32();
    const answers = body.array(() => {
      const user = body.string();
      const answer = { user, code: body.int16(), message: body.nullableString() };
      body.skipTags();
      return answer;
    });
    const isGone = ({ user, code }: (typeof answers)[number]) => code === NO_CREDENTIAL && remove.includes(user);
    return userRefusals(
      [...remove, ...set.map(({ user }) => user)],
      answers.map((answer) => (isGone(answer) ? { ...answer, code: 0 } : answer)),
    );
  },
});
