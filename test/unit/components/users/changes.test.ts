import { changesOf } from '../../../../src/components/users/changes';
import { consumes, produces } from '../../../../src/components/users/roles';
import { IN_ORDER, acl, cluster, plan, user } from './builders';

const api = user({ name: 'api', roles: [produces('orders')], quota: { requestPercent: 50 } });

it('a new user gets a credential, ACLs and quotas', () => {
  expect(changesOf(plan([api], cluster({ api: { login: 'refused' } })))).toEqual({
    credentials: [api],
    grant: [acl()],
    quotas: [{ user: 'api', set: { request_percentage: 50 }, remove: [] }],
    revoke: [],
    removed: [],
    removedQuotas: [],
  });
});

it('a user whose password is right keeps its credential', () => {
  const quotas = { producer_byte_rate: 1, request_percentage: 1 };
  expect(changesOf(plan([api], cluster({ api: { ...IN_ORDER, quotas } })))).toMatchObject({
    credentials: [],
    grant: [acl()],
    quotas: [{ user: 'api', set: { request_percentage: 50 }, remove: ['producer_byte_rate'] }],
  });
});

it('a user whose password is refused gets another credential and nothing else', () => {
  const acls = [acl()];
  const quotas = { request_percentage: 50 };
  expect(changesOf(plan([api], cluster({ api: { ...IN_ORDER, login: 'refused', acls, quotas } })))).toMatchObject({
    credentials: [api],
    grant: [],
    quotas: [],
    revoke: [],
  });
});

it('a removed user loses all that it has, also what it is denied', () => {
  const acls = [acl(), acl({ permission: 'Deny', operation: 'Read' })];
  expect(
    changesOf(plan([], cluster({ api: { ...IN_ORDER, acls, quotas: { request_percentage: 1 } } }), ['api'])),
  ).toEqual({
    credentials: [],
    grant: [],
    quotas: [],
    revoke: acls,
    removed: ['api'],
    removedQuotas: [{ user: 'api', set: {}, remove: ['request_percentage'] }],
  });
});

it('a user that has only ACLs has no credential or quotas to remove', () => {
  expect(changesOf(plan([], cluster({ api: { acls: [acl()] } }), ['api']))).toMatchObject({
    revoke: [acl()],
    removed: [],
    removedQuotas: [],
  });
});

it('nothing changes of users that are unmanaged, unchanged or forbidden', () => {
  const steps = plan(
    [
      user({ name: 'new', roles: [produces('orders')] }),
      user({ name: 'same', roles: [consumes('orders', { group: 'a' })] }),
    ],
    cluster({
      new: { login: 'unknown' },
      old: { acls: [acl({ principal: 'User:old' })] },
      same: {
        ...IN_ORDER,
        acls: [
          acl({ principal: 'User:same', operation: 'Read' }),
          acl({ principal: 'User:same', resourceType: 'Group', name: 'a', operation: 'Read' }),
        ],
      },
    }),
  );
  expect(steps.map(({ kind }) => kind)).toEqual(['forbidden', 'unmanaged', 'unchanged']);
  expect(Object.values(changesOf(steps)).flat()).toEqual([]);
});
