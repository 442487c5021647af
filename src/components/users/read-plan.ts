import { liveUsers } from './live-users';
import { NO_REMOVAL, planUsers, type UserStep } from './plan';
import type { UserTarget } from './target';

/**
 * Reads the cluster, tries the passwords that are known, and plans the changes, without changing anything.
 * @throws {UserError} immediately if no broker answers
 */
export async function readUserPlan(target: UserTarget): Promise<readonly UserStep[]> {
  const { users: desired, allow = NO_REMOVAL, passwordPlace } = target;
  return planUsers({ desired, live: await liveUsers(target), allow, passwordPlace });
}
