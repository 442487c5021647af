import type { Acl } from '../../../../src/protocol/acl';
import type { LiveUsers, Login } from '../../../../src/components/users/live-users';
import { NO_REMOVAL, planUsers, type UserStep } from '../../../../src/components/users/plan';
import { userSchema, type User, type UserDefinition } from '../../../../src/components/users/props';

/** A user as code, with every default applied. */
export const user = (definition: Partial<UserDefinition> = {}): User =>
  userSchema.parse({ name: 'api', ...definition });

/** What one user has in a cluster. */
interface Has {
  /** Of the credential. @default no credential */
  readonly iterations?: number;
  readonly login?: Login;
  readonly acls?: readonly Acl[];
  readonly quotas?: Readonly<Record<string, number>>;
}

/** A user in the cluster that can log in. */
export const IN_ORDER: Has = { iterations: 16_384, login: 'ok' };

/** A cluster with these users. */
export function cluster(users: Readonly<Record<string, Has>> = {}): LiveUsers {
  const all = Object.entries(users);
  const mapOf = <T>(value: (has: Has) => T | undefined): ReadonlyMap<string, T> =>
    new Map(
      all.flatMap(([name, has]) => {
        const own = value(has);
        return own === undefined ? [] : [[name, own] as const];
      }),
    );
  return {
    scram: mapOf(({ iterations }) => (iterations === undefined ? undefined : { iterations })),
    acls: all.flatMap(([, { acls = [] }]) => acls),
    quotas: mapOf(({ quotas }) => quotas),
    logins: mapOf(({ login }) => login),
  };
}

/** An ACL of the user `api`, by default `Write` on topic `orders`. */
export const acl = (override: Partial<Acl> = {}): Acl => ({
  resourceType: 'Topic',
  name: 'orders',
  pattern: 'Literal',
  principal: 'User:api',
  host: '*',
  operation: 'Write',
  permission: 'Allow',
  ...override,
});

export const plan = (
  desired: readonly User[],
  live: LiveUsers,
  removal: readonly string[] = NO_REMOVAL.removal,
): readonly UserStep[] =>
  planUsers({ desired, live, allow: { removal }, passwordPlace: ({ name }) => `the file /users/${name}` });
