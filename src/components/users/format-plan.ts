import { countKinds, planLine, planText } from '../../console/plan-text';
import { aclText } from './acl-text';
import type { Belongings, UserChange, UserStep } from './plan';

/** The plan as text: all steps but unchanged users, then the counts and the users whose passwords could not be tried. */
export function formatUserPlan(steps: readonly UserStep[]): string {
  const text = planText(steps, 'users', stepText);
  const untried = untriedPasswords(steps);
  return untried.length === 0
    ? text
    : `${text}\npasswords not tried, as they are not known here: ${untried.join(', ')}`;
}

/** `2 to create, 1 unchanged`. */
export const countUserSteps = (steps: readonly UserStep[]): string => countKinds(steps, 'users');

/** Users whose passwords could not be compared with those of the cluster. */
export const untriedPasswords = (steps: readonly UserStep[]): readonly string[] =>
  steps.filter((step) => 'isPasswordUnknown' in step).map(({ user }) => user);

function stepText(step: UserStep): string {
  const head = planLine(step.kind, step.user);
  switch (step.kind) {
    case 'create':
    case 'change':
      return [head, ...step.changes.map(changeText), ...(step.denied ?? []).map(deniedText)].join('\n');
    case 'differing':
      return [head, ...step.denied.map(deniedText)].join('\n');
    case 'delete':
      return `${head}  with ${belongingsText(step)}`;
    case 'unmanaged':
      return `${head}  not in the catalogue; left alone, with ${belongingsText(step)}`;
    case 'forbidden':
      return `${head}\n      ${step.setting}: ${step.reason}`;
    case 'unchanged':
      return head;
  }
}

function changeText(change: UserChange): string {
  switch (change.kind) {
    case 'password':
      return `      password: ${change.reason}`;
    case 'grant':
    case 'revoke':
      return `      ${change.kind}: ${aclText(change.acl)}`;
    case 'quota':
      return `      ${change.quota}: ${quotaText(change.before)} -> ${quotaText(change.after)}`;
  }
}

const deniedText = (acl: Parameters<typeof aclText>[0]): string =>
  `      ${aclText(acl)}: left alone, as the user would get more rights; kafka-acls.sh removes it`;

const quotaText = (value: number | undefined): string => (value === undefined ? '(default)' : String(value));

function belongingsText({ hasCredential, acls, quotas }: Belongings): string {
  const counts = [counted(acls.length, 'ACL'), counted(Object.keys(quotas).length, 'quota')].join(' and ');
  return hasCredential ? `a password, ${counts}` : counts;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
