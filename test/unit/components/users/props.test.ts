import { usersSchema } from '../../../../src/components/users/props';
import { quotasOf } from '../../../../src/components/users/quotas';
import { produces } from '../../../../src/components/users/roles';
import { kibibytesPerSecond } from '../../../../src/validation/units';
import { user } from './builders';

const isValid = (definition: unknown): boolean => usersSchema.safeParse([definition]).success;

it.each(['a', 'orders-api', 'registry.1', 'a_b', '0'])('%j is the name of a user', (name) => {
  expect(isValid({ name })).toBe(true);
});

it.each(['', 'A', 'CN=kafka-admin', 'a-', '.a', 'a b', 'User:a', '*'])('%j is not', (name) => {
  expect(isValid({ name })).toBe(false);
});

it.each([
  ['a role without its topic', { roles: [{ role: 'produces' }] }],
  ['a role that does not exist', { roles: [{ role: 'admin' }] }],
  ['a role with more than it has', { roles: [{ ...produces('orders'), group: 'a' }] }],
  [
    'all operations at once',
    { roles: [{ role: 'grants', resourceType: 'Topic', name: 'a', pattern: 'Literal', operations: ['All'] }] },
  ],
  ['a delay that is none', { roles: [{ role: 'retries', topic: 'a', group: 'g', delays: ['soon'] }] }],
  ['a part of a byte', { quota: { produceBytesPerSecond: 1.5 } }],
  ['no bytes', { quota: { consumeBytesPerSecond: 0 } }],
  ['no time', { quota: { requestPercent: 0 } }],
])('%s is refused', (_, change) => {
  expect(isValid({ name: 'api', ...change })).toBe(false);
});

it('quotas have the names of Kafka', () => {
  const quota = {
    produceBytesPerSecond: kibibytesPerSecond(5),
    consumeBytesPerSecond: kibibytesPerSecond(20),
    requestPercent: 12.5,
  };
  expect(quotasOf(user({ quota }))).toEqual({
    producer_byte_rate: 5_120,
    consumer_byte_rate: 20_480,
    request_percentage: 12.5,
  });
  expect(quotasOf(user())).toEqual({});
});
