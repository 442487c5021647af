import type { Acl } from '../../protocol/acl';
import { ITERATIONS } from '../../protocol/scram';
import { aclsOf } from './acls';
import type { LiveUsers, Login } from './live-users';
import { principalOf, userOf } from './principal';
import type { User } from './props';
import { quotasOf } from './quotas';
import type { UserTarget } from './target';

/** A change of what a user has. */
export type UserChange =
  /** The credential is replaced by one of the password that the user shall have. */
  | { readonly kind: 'password'; readonly reason: string }
  | { readonly kind: 'grant' | 'revoke'; readonly acl: Acl }
  | {
      readonly kind: 'quota';
      /** Kafka's name. */
      readonly quota: string;
      /** Undefined if the user has the cluster's default. */
      readonly before: number | undefined;
      readonly after: number | undefined;
    };

/** What a user has in the cluster. */
export interface Belongings {
  readonly hasCredential: boolean;
  readonly acls: readonly Acl[];
  /** By Kafka's names. */
  readonly quotas: Readonly<Record<string, number>>;
}

interface Compared {
  readonly user: string;
  /** Present if there is no password to compare with that of the cluster. */
  readonly isPasswordUnknown?: true;
}

interface Changed<Kind> extends Compared {
  readonly kind: Kind;
  readonly definition: User;
  readonly changes: readonly UserChange[];
  /** As in `differing`; undefined if there are none. */
  readonly denied?: readonly Acl[];
}

interface Differing extends Compared {
  readonly kind: 'differing';
  readonly denied: readonly Acl[];
}

interface Unchanged extends Compared {
  readonly kind: 'unchanged';
}

interface Other<Kind> extends Belongings {
  readonly kind: Kind;
  readonly user: string;
}

interface Forbidden {
  readonly kind: 'forbidden';
  readonly user: string;
  readonly setting: string;
  readonly reason: string;
}

/** The planned changes of one user. */
export type UserStep =
  /** The user has no credential yet; it may have ACLs and quotas. */
  | Changed<'create'>
  | Changed<'change'>
  /** The cluster denies the user something. Removing such an ACL would give the user more rights, so it is left alone. */
  | Differing
  | Other<'delete'>
  | Other<'unmanaged'>
  | Forbidden
  | Unchanged;

/** Changes that are made only for the named users. */
export interface Allowances {
  /** Users that are removed with their credentials, ACLs and quotas. They are not in the catalogue. */
  readonly removal: readonly string[];
}

export const NO_REMOVAL: Allowances = { removal: [] };

interface PlanInput extends Pick<UserTarget, 'passwordPlace'> {
  readonly desired: readonly User[];
  readonly live: LiveUsers;
  readonly allow: Allowances;
}

/** One step for each user of the catalogue, of the cluster and of the allowances, ordered by name. */
export function planUsers({ desired, live, allow, passwordPlace }: PlanInput): readonly UserStep[] {
  const wanted = new Set(desired.map(({ name }) => name));
  const found = usersOf(live);
  const steps = [
    ...desired.map((user) => stepFor(user, live, passwordPlace(user))),
    ...[...found].filter((user) => !wanted.has(user)).map((user) => stepForOther(user, live, allow)),
    ...allow.removal
      .filter((user) => wanted.has(user))
      .map((user) => refuseRemoval(user, 'the user is still in the catalogue; remove it there first')),
    ...allow.removal
      .filter((user) => !wanted.has(user) && !found.has(user))
      .map((user) => refuseRemoval(user, 'the cluster has no user of this name')),
  ];
  return steps.sort((a, b) => (a.user < b.user ? -1 : a.user > b.user ? 1 : 0));
}

/** @param place where the password is */
function stepFor(definition: User, live: LiveUsers, place: string): UserStep {
  const user = definition.name;
  const credential = live.scram.get(user);
  const login = live.logins.get(user) ?? 'unknown';
  if (credential === undefined && login === 'unknown') {
    const reason = `there is no password for a new user in ${place}; create it first`;
    return { kind: 'forbidden', user, setting: 'password', reason };
  }
  const { changes: ofAcls, denied } = aclChanges(definition, live);
  const rights = [...ofAcls, ...quotaChanges(definition, live)];
  const ofDenials = denied.length > 0 ? { denied } : {};
  if (credential === undefined) return { kind: 'create', user, definition, changes: rights, ...ofDenials };
  const unproven = login === 'unknown' ? ({ isPasswordUnknown: true } as const) : {};
  const changes = [...passwordChange(credential.iterations, login, place), ...rights];
  if (changes.length > 0) return { kind: 'change', user, definition, changes, ...ofDenials, ...unproven };
  return denied.length > 0
    ? { kind: 'differing', user, denied, ...unproven }
    : { kind: 'unchanged', user, ...unproven };
}

const stepForOther = (user: string, live: LiveUsers, allow: Allowances): UserStep => ({
  kind: allow.removal.includes(user) ? 'delete' : 'unmanaged',
  user,
  ...belongingsOf(user, live),
});

/** A misspelt name must be reported; otherwise it would seem that the allowance was used. */
const refuseRemoval = (user: string, reason: string): UserStep => ({
  kind: 'forbidden',
  user,
  setting: '--allow-removal',
  reason,
});

/** Users that have something in the cluster. */
const usersOf = ({ scram, acls, quotas }: LiveUsers): ReadonlySet<string> =>
  new Set([
    ...scram.keys(),
    ...acls.map(({ principal }) => userOf(principal)).filter((user) => user !== undefined),
    ...quotas.keys(),
  ]);

const belongingsOf = (user: string, { scram, acls, quotas }: LiveUsers): Belongings => ({
  hasCredential: scram.has(user),
  acls: acls.filter(({ principal }) => principal === principalOf(user)),
  quotas: quotas.get(user) ?? {},
});

function passwordChange(iterations: number, login: Login, place: string): readonly UserChange[] {
  if (login === 'refused') {
    return [{ kind: 'password', reason: `the cluster refuses that of ${place}` }];
  }
  if (login === 'unknown' || iterations >= ITERATIONS) return [];
  return [{ kind: 'password', reason: `the same, with ${ITERATIONS} iterations instead of ${iterations}` }];
}

/** ACLs that no role has are revoked, except those that deny something. */
function aclChanges(
  { name, roles }: User,
  live: LiveUsers,
): { readonly changes: readonly UserChange[]; readonly denied: readonly Acl[] } {
  const principal = principalOf(name);
  const wanted = aclsOf(roles).map((binding): Acl => ({ ...binding, principal, host: '*', permission: 'Allow' }));
  const { acls } = belongingsOf(name, live);
  const allowed = acls.filter(({ permission }) => permission === 'Allow');
  return {
    changes: [
      ...without(wanted, allowed).map((acl) => ({ kind: 'grant', acl }) as const),
      ...without(allowed, wanted).map((acl) => ({ kind: 'revoke', acl }) as const),
    ],
    denied: acls.filter(({ permission }) => permission === 'Deny'),
  };
}

function without(acls: readonly Acl[], others: readonly Acl[]): readonly Acl[] {
  const known = new Set(others.map(keyOf));
  return acls.filter((acl) => !known.has(keyOf(acl)));
}

const keyOf = ({ resourceType, name, pattern, host, operation }: Acl): string =>
  JSON.stringify([resourceType, name, pattern, host, operation]);

/** Quotas that the catalogue does not have return to the default of all users. */
function quotaChanges(user: User, live: LiveUsers): readonly UserChange[] {
  const wanted = quotasOf(user);
  const found = belongingsOf(user.name, live).quotas;
  return [...new Set([...Object.keys(wanted), ...Object.keys(found)])]
    .map((quota) => ({ kind: 'quota', quota, before: found[quota], after: wanted[quota] }) as const)
    .filter(({ before, after }) => before !== after);
}
