import type { Acl } from '../../../src/protocol/acl';
import { createAcls } from '../../../src/protocol/create-acls';
import { deleteAcls } from '../../../src/protocol/delete-acls';
import { DESCRIBE_ACLS } from '../../../src/protocol/describe-acls';
import { NULL, OK, ONE, TAGS, THROTTLE, TWO, decoded, encoded, text } from './bytes';

const WRITE: Acl = {
  resourceType: 'TransactionalId',
  name: 'a-',
  pattern: 'Prefixed',
  principal: 'User:a',
  host: '*',
  operation: 'Write',
  permission: 'Allow',
};
const READ: Acl = { ...WRITE, resourceType: 'Group', name: 'g', pattern: 'Literal', operation: 'Read' };

/** Type 5, pattern 4, operation 4, permission 3. */
const WRITE_BYTES = `05${text('a-')}04${text('User:a')}${text('*')}0403`;

/** Type 3, pattern 3, operation 3, permission 3. */
const READ_BYTES = `03${text('g')}03${text('User:a')}${text('*')}0303`;

describe('DescribeAcls', () => {
  it('asks for all ACLs', () => {
    expect([DESCRIBE_ACLS.apiKey, DESCRIBE_ACLS.version]).toEqual([29, 3]);
    expect(encoded(DESCRIBE_ACLS)).toBe(`01${NULL}01${NULL}${NULL}0101${TAGS}`);
  });

  it('returns each ACL with its resource', () => {
    const first = `${text('User:a')}${text('*')}0403${TAGS}`;
    const second = `${text('User:b')}${text('10.0.0.1')}0302${TAGS}`;
    const resource = `02${text('orders')}03${TWO}${first}${second}${TAGS}`;
    const orders = { resourceType: 'Topic', name: 'orders', pattern: 'Literal' };
    expect(decoded(DESCRIBE_ACLS, `${THROTTLE}${OK}${ONE}${resource}${TAGS}`)).toEqual([
      { ...orders, principal: 'User:a', host: '*', operation: 'Write', permission: 'Allow' },
      { ...orders, principal: 'User:b', host: '10.0.0.1', operation: 'Read', permission: 'Deny' },
    ]);
  });

  it('fails with the error of the whole response', () => {
    expect(() => decoded(DESCRIBE_ACLS, `${THROTTLE}0036${text('none')}01${TAGS}`)).toThrow('none (SECURITY_DISABLED)');
  });

  it('refuses an operation of a newer release', () => {
    const grant = `${text('User:a')}${text('*')}6303${TAGS}`;
    const answer = `${THROTTLE}${OK}${ONE}02${text('orders')}03${ONE}${grant}${TAGS}${TAGS}`;
    expect(() => decoded(DESCRIBE_ACLS, answer)).toThrow('an ACL with the code 99');
  });
});

describe('CreateAcls', () => {
  const request = createAcls([WRITE, READ]);

  it('has each ACL', () => {
    expect([request.apiKey, request.version]).toEqual([30, 3]);
    expect(encoded(request)).toBe(`${TWO}${WRITE_BYTES}${TAGS}${READ_BYTES}${TAGS}${TAGS}`);
  });

  it('returns the ACLs that are rejected', () => {
    expect(decoded(request, `${THROTTLE}${TWO}${OK}${TAGS}002a${text('no')}${TAGS}${TAGS}`)).toEqual([
      { acl: READ, message: 'no (INVALID_REQUEST)' },
    ]);
  });

  it('fails if an ACL has no answer', () => {
    expect(() => decoded(request, `${THROTTLE}${ONE}${OK}${TAGS}${TAGS}`)).toThrow('answered for 1 of 2 ACLs');
  });
});

describe('DeleteAcls', () => {
  const request = deleteAcls([READ, WRITE]);

  it('has a filter for each ACL that matches no other', () => {
    expect([request.apiKey, request.version]).toEqual([31, 3]);
    expect(encoded(request)).toBe(`${TWO}${READ_BYTES}${TAGS}${WRITE_BYTES}${TAGS}${TAGS}`);
  });

  it('accepts that there is no such ACL', () => {
    const none = `${OK}01${TAGS}`;
    const found = `${OK}${ONE}${OK}${WRITE_BYTES}${TAGS}${TAGS}`;
    expect(decoded(request, `${THROTTLE}${TWO}${none}${found}${TAGS}`)).toEqual([]);
  });

  it('returns the ACLs whose filter or match is rejected', () => {
    const match = `${OK}${ONE}ffff${text('x')}${READ_BYTES}${TAGS}${TAGS}`;
    const filter = `001f${NULL}01${TAGS}`;
    expect(decoded(request, `${THROTTLE}${TWO}${match}${filter}${TAGS}`)).toMatchObject([
      { acl: READ, message: expect.stringMatching(/^x \(UNKNOWN_SERVER_ERROR\)/) as string },
      { acl: WRITE, message: expect.stringMatching(/CLUSTER_AUTHORIZATION_FAILED/) as string },
    ]);
  });
});
