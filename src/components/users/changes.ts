import type { Acl } from '../../protocol/acl';
import type { UserQuotasChange } from '../../protocol/alter-client-quotas';
import type { UserChange, UserStep } from './plan';
import type { User } from './props';

/** The changes of a plan by the requests that make them, each user once in each list. */
export interface Changes {
  /** Users who get a credential. */
  readonly credentials: readonly User[];
  readonly grant: readonly Acl[];
  readonly quotas: readonly UserQuotasChange[];
  /** ACLs that no role has, and all of users who are removed. */
  readonly revoke: readonly Acl[];
  /** Users whose credentials are deleted. */
  readonly removed: readonly string[];
  /** Quotas of users who are removed. */
  readonly removedQuotas: readonly UserQuotasChange[];
}

export function changesOf(steps: readonly UserStep[]): Changes {
  const changed = steps.filter((step) => step.kind === 'create' || step.kind === 'change');
  const deleted = steps.filter((step) => step.kind === 'delete');
  const all = changed.flatMap(({ changes }) => changes);
  return {
    credentials: changed.filter(getsCredential).map(({ definition }) => definition),
    grant: aclsIn(all, 'grant'),
    quotas: changed.map(({ user, changes }) => quotasChange(user, changes)).filter(isChange),
    revoke: [...aclsIn(all, 'revoke'), ...deleted.flatMap(({ acls }) => acls)],
    removed: deleted.filter(({ hasCredential }) => hasCredential).map(({ user }) => user),
    removedQuotas: deleted.map(({ user, quotas }) => ({ user, set: {}, remove: Object.keys(quotas) })).filter(isChange),
  };
}

const getsCredential = ({
  kind,
  changes,
}: Pick<Extract<UserStep, { kind: 'create' | 'change' }>, 'kind' | 'changes'>) =>
  kind === 'create' || changes.some((change) => change.kind === 'password');

const aclsIn = (changes: readonly UserChange[], kind: 'grant' | 'revoke'): readonly Acl[] =>
  changes.flatMap((change) => (change.kind === kind ? [change.acl] : []));

function quotasChange(user: string, changes: readonly UserChange[]): UserQuotasChange {
  const ofQuotas = changes.filter((change) => change.kind === 'quota');
  return {
    user,
    set: Object.fromEntries(ofQuotas.flatMap(({ quota, after }) => (after === undefined ? [] : [[quota, after]]))),
    remove: ofQuotas.filter(({ after }) => after === undefined).map(({ quota }) => quota),
  };
}

const isChange = ({ set, remove }: UserQuotasChange): boolean => Object.keys(set).length + remove.length > 0;
