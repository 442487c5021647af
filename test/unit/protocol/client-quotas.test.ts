import { alterClientQuotas } from '../../../src/protocol/alter-client-quotas';
import { DESCRIBE_USER_QUOTAS } from '../../../src/protocol/describe-client-quotas';
import { NULL, OK, ONE, TAGS, THROTTLE, TWO, decoded, encoded, text } from './bytes';

/** 12.5, 1024 and 0 as IEEE 754 numbers of 64 bits. */
const TWELVE_AND_A_HALF = '4029000000000000';
const KILO = '4090000000000000';
const ZERO = '0000000000000000';

const entity = (name: string): string => `${ONE}${text('user')}${name}${TAGS}`;

describe('DescribeClientQuotas', () => {
  it('asks for all entities that are a user and nothing else', () => {
    expect([DESCRIBE_USER_QUOTAS.apiKey, DESCRIBE_USER_QUOTAS.version]).toEqual([48, 1]);
    expect(encoded(DESCRIBE_USER_QUOTAS)).toBe(`${ONE}${text('user')}02${NULL}${TAGS}01${TAGS}`);
  });

  it('returns the quotas of users, and the default of all users', () => {
    const own = `${entity(text('a'))}${ONE}${text('request_percentage')}${TWELVE_AND_A_HALF}${TAGS}${TAGS}`;
    const all = `${entity(NULL)}${ONE}${text('producer_byte_rate')}${KILO}${TAGS}${TAGS}`;
    expect(decoded(DESCRIBE_USER_QUOTAS, `${THROTTLE}${OK}${TWO}${own}${all}${TAGS}`)).toEqual([
      { user: 'a', quotas: { request_percentage: 12.5 } },
      { user: null, quotas: { producer_byte_rate: 1024 } },
    ]);
  });

  it('fails with the error of the whole response, which has no entities', () => {
    expect(() => decoded(DESCRIBE_USER_QUOTAS, `${THROTTLE}001f${NULL}${NULL}${TAGS}`)).toThrow(
      'CLUSTER_AUTHORIZATION_FAILED',
    );
  });
});

describe('AlterClientQuotas', () => {
  const request = alterClientQuotas([{ user: 'a', set: { producer_byte_rate: 1024 }, remove: ['request_percentage'] }]);

  it('has one entry for each user', () => {
    const set = `${text('producer_byte_rate')}${KILO}00${TAGS}`;
    const remove = `${text('request_percentage')}${ZERO}01${TAGS}`;
    expect([request.apiKey, request.version]).toEqual([49, 1]);
    expect(encoded(request)).toBe(`${ONE}${entity(text('a'))}${TWO}${set}${remove}${TAGS}00${TAGS}`);
  });

  it('returns the users that are rejected', () => {
    expect(decoded(request, `${THROTTLE}${ONE}002a${text('no')}${entity(text('a'))}${TAGS}${TAGS}`)).toEqual([
      { user: 'a', message: 'no (INVALID_REQUEST)' },
    ]);
    expect(decoded(request, `${THROTTLE}${ONE}${OK}${entity(text('a'))}${TAGS}${TAGS}`)).toEqual([]);
  });

  it('fails if a user has no answer', () => {
    expect(() => decoded(request, `${THROTTLE}01${TAGS}`)).toThrow('a: the broker did not answer for this user');
  });
});
