import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';

/** @throws {UserError} where brokers ask nobody who connects */
export function requireUsers({ security }: Pick<Platform, 'security'>): void {
  if (security.mode !== 'none') return;
  throw new UserError(
    'The brokers of this environment ask nobody who connects: users would have no effect.',
    "set security.mode to 'tls'",
  );
}
