import { consumes, produces } from '../../../../src/components/users/roles';
import { bytes, type BytesPerSecond } from '../../../../src/validation/units';
import { IN_ORDER, acl, cluster, plan, user } from './builders';

const producer = user({ roles: [produces('orders')] });

const perSecond = (count: number): BytesPerSecond => bytes(count) as number as BytesPerSecond;

describe('a plan of users', () => {
  it('creates a user that the cluster does not have, with what it may do', () => {
    const quota = { requestPercent: 50 };
    expect(plan([{ ...producer, quota }], cluster({ api: { login: 'refused' } }))).toMatchObject([
      {
        kind: 'create',
        user: 'api',
        changes: [
          { kind: 'grant', acl: acl() },
          { kind: 'quota', quota: 'request_percentage', before: undefined, after: 50 },
        ],
      },
    ]);
  });

  it('refuses to create a user without a password, and says where it would be', () => {
    expect(plan([producer], cluster({ api: { login: 'unknown' } }))).toEqual([
      {
        kind: 'forbidden',
        user: 'api',
        setting: 'password',
        reason: 'there is no password for a new user in the file /users/api; create it first',
      },
    ]);
  });

  it('leaves a user alone that is as it should be', () => {
    expect(plan([producer], cluster({ api: { ...IN_ORDER, acls: [acl()] } }))).toEqual([
      { kind: 'unchanged', user: 'api' },
    ]);
  });

  it('changes a password that the cluster refuses', () => {
    expect(plan([user()], cluster({ api: { ...IN_ORDER, login: 'refused' } }))).toMatchObject([
      {
        kind: 'change',
        changes: [
          { kind: 'password', reason: expect.stringMatching(/refuses that of the file \/users\/api/) as string },
        ],
      },
    ]);
  });

  it('replaces a credential with fewer iterations', () => {
    expect(plan([user()], cluster({ api: { iterations: 4_096, login: 'ok' } }))).toMatchObject([
      { changes: [{ kind: 'password', reason: 'the same, with 16384 iterations instead of 4096' }] },
    ]);
  });

  it('compares the rest of a user whose password is not known', () => {
    const live = (acls = [acl()]) => cluster({ api: { iterations: 4_096, login: 'unknown', acls } });
    expect(plan([producer], live())).toEqual([{ kind: 'unchanged', user: 'api', isPasswordUnknown: true }]);
    expect(plan([producer], live([]))).toMatchObject([
      { kind: 'change', changes: [{ kind: 'grant' }], isPasswordUnknown: true },
    ]);
  });

  it.each([
    ['another topic', { name: 'payments' }],
    ['another operation', { operation: 'Read' }],
    ['another type of resource', { resourceType: 'Group' }],
    ['a prefix', { pattern: 'Prefixed' }],
    ['one host only', { host: '10.0.0.1' }],
  ] as const)('revokes an ACL that no role has, here for %s', (_, override) => {
    expect(plan([producer], cluster({ api: { ...IN_ORDER, acls: [acl(), acl(override)] } }))).toMatchObject([
      { kind: 'change', changes: [{ kind: 'revoke', acl: acl(override) }] },
    ]);
  });

  it('grants first, then revokes', () => {
    const consumer = user({ roles: [consumes('orders', { group: 'api' })] });
    const [step] = plan([consumer], cluster({ api: { ...IN_ORDER, acls: [acl()] } }));
    expect(step).toMatchObject({ changes: [{ kind: 'grant' }, { kind: 'grant' }, { kind: 'revoke', acl: acl() }] });
  });

  it('never revokes an ACL that denies something', () => {
    const denied = acl({ permission: 'Deny' });
    expect(plan([producer], cluster({ api: { ...IN_ORDER, acls: [acl(), denied] } }))).toEqual([
      { kind: 'differing', user: 'api', denied: [denied] },
    ]);
    expect(plan([producer], cluster({ api: { ...IN_ORDER, acls: [denied] } }))).toMatchObject([
      { kind: 'change', changes: [{ kind: 'grant', acl: acl() }], denied: [denied] },
    ]);
  });

  it('sets quotas, and unsets those that the catalogue does not have', () => {
    const limited = user({ quota: { produceBytesPerSecond: perSecond(2_048), requestPercent: 50 } });
    const quotas = { producer_byte_rate: 1_024, request_percentage: 50, controller_mutation_rate: 5 };
    expect(plan([limited], cluster({ api: { ...IN_ORDER, quotas } }))).toMatchObject([
      {
        changes: [
          { kind: 'quota', quota: 'producer_byte_rate', before: 1_024, after: 2_048 },
          { kind: 'quota', quota: 'controller_mutation_rate', before: 5, after: undefined },
        ],
      },
    ]);
  });

  it.each([
    ['a credential', { iterations: 4_096 }, { hasCredential: true, acls: [], quotas: {} }],
    ['an ACL', { acls: [acl({ principal: 'User:old' })] }, { acls: [acl({ principal: 'User:old' })] }],
    ['a quota', { quotas: { request_percentage: 1 } }, { quotas: { request_percentage: 1 } }],
  ])('shows a user that is not in the catalogue and has %s', (_, has, expected) => {
    expect(plan([], cluster({ old: has }))).toMatchObject([{ kind: 'unmanaged', user: 'old', ...expected }]);
    expect(plan([], cluster({ old: has }), ['old'])).toMatchObject([{ kind: 'delete', user: 'old', ...expected }]);
  });

  it('shows what is granted to everybody, and to a certificate', () => {
    const acls = ['User:*', 'User:CN=kafka-guard', 'Other:api'].map((principal) => acl({ principal }));
    expect(plan([], cluster({ any: { acls } })).map((step) => [step.kind, step.user])).toEqual([
      ['unmanaged', '*'],
      ['unmanaged', 'CN=kafka-guard'],
    ]);
  });

  it('refuses to remove a user of the catalogue, and one that is not there', () => {
    const steps = plan([user()], cluster({ api: IN_ORDER }), ['api', 'apo']);
    expect(steps).toMatchObject([
      { kind: 'unchanged', user: 'api' },
      { kind: 'forbidden', user: 'api', setting: '--allow-removal' },
      { kind: 'forbidden', user: 'apo', setting: '--allow-removal' },
    ]);
  });

  it('lists users by name, in any input order', () => {
    const steps = plan([user({ name: 'c' }), user({ name: 'a' })], cluster({ c: IN_ORDER, b: IN_ORDER, a: IN_ORDER }));
    expect(steps.map((step) => step.user)).toEqual(['a', 'b', 'c']);
  });
});
