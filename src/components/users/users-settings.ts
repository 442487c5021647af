import type { User } from './props';

/** The settings that rules about users read, with all defaults applied. */
export interface UsersSettings {
  readonly users: readonly User[];
  readonly topics: readonly { readonly name: string }[];
}
