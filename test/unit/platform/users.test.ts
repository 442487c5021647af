import { aclsOf } from '../../../src/components/users/acls';
import { parseConfig } from '../../../src/platform/load';
import { usersOf } from '../../../src/platform/users';
import { withValues } from '../../../tools/support/config';

const config = parseConfig(
  withValues({
    'security/mode': 'tls',
    users: [{ name: 'reports' }],
    applications: { billing: { image: 'billing:1', reads: ['orders'], writes: ['orders'], group: 'bills' } },
  }),
);

describe('the users of a platform', () => {
  it('are those of its components, of its applications and of the catalogue', () => {
    expect(usersOf(config).map(({ name }) => name)).toEqual([
      'registry',
      'ui',
      'lag-exporter',
      'smoke-test',
      'billing',
      'reports',
    ]);
  });

  it('an application may use its topics, its groups and its transactional ids', () => {
    const { roles = [] } = usersOf(config).find(({ name }) => name === 'billing') ?? {};
    expect(
      aclsOf(roles).map(({ operation, resourceType, name, pattern }) => [operation, resourceType, name, pattern]),
    ).toEqual([
      ['Write', 'Topic', 'orders', 'Literal'],
      ['Read', 'Topic', 'orders', 'Literal'],
      ['Read', 'Group', 'bills', 'Literal'],
      ['Read', 'Group', 'bills.', 'Prefixed'],
      ['Write', 'TransactionalId', 'bills.', 'Prefixed'],
    ]);
  });
});
