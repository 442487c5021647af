import type { KafkaConnection } from '../../protocol/connection';
import type { Allowances } from './plan';
import type { User } from './props';

/** Users as code, and the cluster that they are compared with. */
export interface UserTarget {
  /** Connection of a principal that may describe and alter the cluster. */
  readonly connection: KafkaConnection;
  readonly users: readonly User[];
  /** Whether a user can log in with a password. @throws if that cannot be found out */
  readonly login: (user: string, password: string) => Promise<'ok' | 'refused'>;
  /** Where the password of a user is, for messages: `the file …`. */
  readonly passwordPlace: (user: User) => string;
  /** The password that a user shall have; undefined if it is not known, for example because its file is missing. */
  readonly passwordOf: (user: User) => Promise<string | undefined>;
  /** Explicitly allowed changes. @default none */
  readonly allow?: Allowances;
}
