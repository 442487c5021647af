import { USER, decodeUserEntity } from './quota-entity';
import { requireOk, type Request } from './request';

/** Matches every name of an entity, and its default. */
const ANY_NAME = 2;

/** Quotas of a user, by Kafka's names such as `producer_byte_rate`. */
export interface UserQuotas {
  /** Null for the default of all users. */
  readonly user: string | null;
  readonly quotas: Readonly<Record<string, number>>;
}

/**
 * DescribeClientQuotas v1 of all users. Quotas of a user in combination with a client id are not included. The queried
 * broker receives changes with a delay.
 */
export const DESCRIBE_USER_QUOTAS: Request<readonly UserQuotas[]> = {
  apiKey: 48,
  version: 1,
  encode: (body) => {
    body.array([USER], (type) => void body.string(type).int8(ANY_NAME).string(null).noTags());
    body.boolean(true).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
    const entries = body.array(() => {
      const user = decodeUserEntity(body);
      const quotas = body.array(() => {
        const quota = [body.string(), body.float64()] as const;
        body.skipTags();
        return quota;
      });
      body.skipTags();
      return { user, quotas: Object.fromEntries(quotas) };
    });
    return entries.flatMap(({ user, quotas }) => (user === undefined ? [] : [{ user, quotas }]));
  },
};
