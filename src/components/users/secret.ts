import type { User } from './props';

const PREFIX = 'kafka-user-';

/** Where the password of a user is. */
export interface PasswordSecret {
  /** Name of the Secret. */
  readonly name: string;
  readonly key: string;
}

/** The Secret with the password of a user. */
export const secretOf = ({ name, secret }: Pick<User, 'name' | 'secret'>): PasswordSecret => ({
  name: secret.name ?? `${PREFIX}${name}`,
  key: secret.key,
});

/** `Secret kafka-user-orders-api, key password`. */
export function secretText(user: Pick<User, 'name' | 'secret'>): string {
  const { name, key } = secretOf(user);
  return `Secret ${name}, key ${key}`;
}
