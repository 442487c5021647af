import type { Acl } from '../../protocol/acl';

/** `Write on Topic orders`, `Read on Group platform-smoke (Prefixed)`, `Deny Read on Topic orders from 10.0.0.1`. */
export function aclText({ resourceType, name, pattern, operation, permission, host }: Acl): string {
  const denies = permission === 'Deny' ? 'Deny ' : '';
  const prefixed = pattern === 'Prefixed' ? ' (Prefixed)' : '';
  const from = host === '*' ? '' : ` from ${host}`;
  return `${denies}${operation} on ${resourceType} ${name}${prefixed}${from}`;
}
