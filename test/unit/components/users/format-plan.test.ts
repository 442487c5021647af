import { formatUserPlan, untriedPasswords } from '../../../../src/components/users/format-plan';
import { consumes, produces } from '../../../../src/components/users/roles';
import { IN_ORDER, acl, cluster, plan, user } from './builders';

it('a plan of users has a text with each change, then the counts', () => {
  const desired = [
    user({ name: 'api', roles: [produces('orders')], quota: { requestPercent: 50 } }),
    user({ name: 'billing', roles: [consumes('orders', { group: 'billing' })] }),
    user({ name: 'denied' }),
    user({ name: 'later' }),
    user({ name: 'same' }),
  ];
  const ofBilling = acl({ principal: 'User:billing', pattern: 'Prefixed', host: '10.0.0.1' });
  const live = cluster({
    api: { login: 'refused' },
    billing: { iterations: 16_384, login: 'refused', acls: [ofBilling], quotas: { producer_byte_rate: 1_024 } },
    denied: { ...IN_ORDER, acls: [acl({ principal: 'User:denied', permission: 'Deny' })] },
    later: { login: 'unknown' },
    old: { iterations: 4_096, acls: [acl({ principal: 'User:old' })] },
    other: { quotas: { producer_byte_rate: 1, consumer_byte_rate: 1 } },
    same: { iterations: 16_384, login: 'unknown' },
  });
  const steps = plan(desired, live, ['old']);
  expect(formatUserPlan(steps).split('\n')).toEqual([
    '+ create    api',
    '      grant: Write on Topic orders',
    '      request_percentage: (default) -> 50',
    '~ change    billing',
    '      password: the cluster refuses that of the file /users/billing',
    '      grant: Read on Topic orders',
    '      grant: Read on Group billing',
    '      revoke: Write on Topic orders (Prefixed) from 10.0.0.1',
    '      producer_byte_rate: 1024 -> (default)',
    '* differing denied',
    '      Deny Write on Topic orders: left alone, as the user would get more rights; kafka-acls.sh removes it',
    '! forbidden later',
    '      password: there is no password for a new user in the file /users/later; create it first',
    '- delete    old  with a password, 1 ACL and 0 quotas',
    '? unmanaged other  not in the catalogue; left alone, with 0 ACLs and 2 quotas',
    '1 to create, 1 to change, 1 to delete, 1 forbidden, 1 differing, 1 unchanged, 1 unmanaged',
    'passwords not tried, as they are not known here: same',
  ]);
  expect(untriedPasswords(steps)).toEqual(['same']);
});

it('an empty plan says so', () => {
  expect(formatUserPlan([])).toBe('no users');
});
