import type { User } from './props';

/** Kafka's names of the settings of a quota. */
const NAMES = {
  produceBytesPerSecond: 'producer_byte_rate',
  consumeBytesPerSecond: 'consumer_byte_rate',
  requestPercent: 'request_percentage',
} as const satisfies Readonly<Record<keyof User['quota'], string>>;

/** The quotas of a user by Kafka's names. */
export const quotasOf = ({ quota }: Pick<User, 'quota'>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((setting) => {
      const value = quota[setting];
      return value === undefined ? [] : [[NAMES[setting], value]];
    }),
  );
