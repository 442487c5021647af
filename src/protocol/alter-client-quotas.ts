import { USER, decodeUserEntity } from './quota-entity';
import type { Request } from './request';
import { userRefusals, type UserRefusal } from './user-refusal';

/** Changes of the quotas of one user, by Kafka's names. */
export interface UserQuotasChange {
  readonly user: string;
  readonly set: Readonly<Record<string, number>>;
  /** Quotas that return to the default of all users. */
  readonly remove: readonly string[];
}

/**
 * AlterClientQuotas v1 of these users, with the reasons of rejections. Users are changed independently: a rejected one
 * does not prevent the others.
 * @param changes one for each user: of two, brokers apply the first and answer with an error
 */
export const alterClientQuotas = (changes: readonly UserQuotasChange[]): Request<readonly UserRefusal[]> => ({
  apiKey: 49,
  version: 1,
  encode: (body) => {
    body.array(changes, ({ user, set, remove }) => {
      body.array([user], (name) => void body.string(USER).string(name).noTags());
      const operations = [
        ...Object.entries(set).map(([key, value]) => ({ key, value, isRemoval: false })),
        ...remove.map((key) => ({ key, value: 0, isRemoval: true })),
      ];
      body.array(operations, ({ key, value, isRemoval }) => {
        body.string(key).float64(value).boolean(isRemoval).noTags();
      });
      body.noTags();
    });
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    const answers = body.array(() => {
      const head = { code: body.int16(), message: body.nullableString() };
      const user = decodeUserEntity(body) ?? '';
      body.skipTags();
      return { user, ...head };
    });
    return userRefusals(
      changes.map(({ user }) => user),
      answers,
    );
  },
});
