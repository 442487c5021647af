import { poll } from '../../waiting/poll';
import { aclText } from './acl-text';
import { untriedPasswords } from './format-plan';
import type { UserChange, UserStep } from './plan';
import { readUserPlan } from './read-plan';
import type { UserTarget } from './target';

/** Brokers receive changes one after the other, and only the one that is asked answers. */
const AGREE_MS = 5_000;
const POLL_MS = 250;

/** How users as code and the users of a cluster differ. */
export interface UserVerification {
  /** Descriptions of all differences; empty if there are none. */
  readonly differences: readonly string[];
  /** Users whose passwords are not known here, and were not tried. */
  readonly untried: readonly string[];
}

/** Compares users as code with the cluster, which gets 5 s to agree. */
export async function verifyUsers(target: UserTarget): Promise<UserVerification> {
  const { differences, denied, untried } = await verification(target, AGREE_MS);
  return { differences: [...differences, ...denied], untried };
}

interface Verification extends UserVerification {
  /** Descriptions of what the cluster denies to users, which is not waited for. */
  readonly denied: readonly string[];
}

/**
 * Compares users as code with the cluster. Users that differ are compared again until they agree.
 * @param withinMs time limit for the cluster to agree
 */
export async function verification(target: UserTarget, withinMs: number): Promise<Verification> {
  const first = await readUserPlan(target);
  const left = await poll(leftAfter(first, target), {
    until: (steps) => steps.every((step) => differencesOf(step, target).length === 0),
    withinMs,
    everyMs: POLL_MS,
  });
  return {
    differences: left.flatMap((step) => differencesOf(step, target)),
    denied: first.flatMap(denialsOf),
    untried: untriedPasswords(first),
  };
}

/** Reads the steps of those users that differed in the reading before, the first of which is given. */
function leftAfter(first: readonly UserStep[], target: UserTarget): () => Promise<readonly UserStep[]> {
  let last: readonly UserStep[] | undefined;
  return async () => {
    if (last === undefined) last = first;
    else {
      const differing = new Set(last.filter((step) => differencesOf(step, target).length > 0).map(({ user }) => user));
      last = await readUserPlan({ ...target, users: target.users.filter(({ name }) => differing.has(name)) });
    }
    return last;
  };
}

function differencesOf(step: UserStep, { allow }: UserTarget): readonly string[] {
  const { user } = step;
  switch (step.kind) {
    case 'create':
      return [`${user}: missing`];
    case 'change':
      return step.changes.map((change) => `${user}: ${difference(change)}`);
    case 'forbidden':
      // A user whose removal is allowed has to be gone, and a plan refuses the allowance once it is.
      return allow?.removal.includes(user) === true ? [] : [`${user}: ${step.setting}: ${step.reason}`];
    case 'delete':
      return [`${user}: not removed`];
    case 'differing':
    case 'unchanged':
    case 'unmanaged':
      return [];
  }
}

const denialsOf = (step: UserStep): readonly string[] =>
  ('denied' in step ? (step.denied ?? []) : []).map((acl) => `${step.user}: ${aclText(acl)}, which no role has`);

function difference(change: UserChange): string {
  switch (change.kind) {
    case 'password':
      return `password: ${change.reason}`;
    case 'grant':
      return `${aclText(change.acl)} is missing`;
    case 'revoke':
      return `${aclText(change.acl)} is granted, and no role has it`;
    case 'quota':
      return `${change.quota} is ${change.before ?? '(default)'} instead of ${change.after ?? '(default)'}`;
  }
}
