import { alterScramUsers } from '../../../src/protocol/alter-scram-users';
import { describeScramUsers } from '../../../src/protocol/describe-scram-users';
import { OK, ONE, TAGS, THROTTLE, TWO, decoded, encoded, text } from './bytes';

/** 8,192 and 16,384 iterations. */
const FEW = '00002000';
const MOST = '00004000';

const NOT_FOUND = `005b${text('gone')}`;

describe('DescribeUserScramCredentials', () => {
  const request = describeScramUsers(['a', 'b']);

  it('names the users', () => {
    expect([request.apiKey, request.version]).toEqual([50, 0]);
    expect(encoded(request)).toBe(`${TWO}${text('a')}${TAGS}${text('b')}${TAGS}${TAGS}`);
  });

  it('never asks for all users', () => {
    expect(() => describeScramUsers([])).toThrow('has to name users');
  });

  it('returns the credentials for SCRAM-SHA-512, and no user without one', () => {
    const both = `${text('a')}${OK}${TWO}01${FEW}${TAGS}02${MOST}${TAGS}${TAGS}`;
    const none = `${text('b')}${NOT_FOUND}01${TAGS}`;
    expect(decoded(request, `${THROTTLE}${OK}${TWO}${both}${none}${TAGS}`)).toEqual([
      { user: 'a', iterations: 16_384 },
    ]);
  });

  it('returns no user with a credential for another mechanism', () => {
    const other = `${text('a')}${OK}${ONE}01${FEW}${TAGS}${TAGS}`;
    expect(decoded(request, `${THROTTLE}${OK}${ONE}${other}${TAGS}`)).toEqual([]);
  });

  it('fails with the error of a user', () => {
    const failed = `${text('a')}ffff${text('oh')}01${TAGS}`;
    expect(() => decoded(request, `${THROTTLE}${OK}${ONE}${failed}${TAGS}`)).toThrow('a: oh (UNKNOWN_SERVER_ERROR)');
  });
});

describe('AlterUserScramCredentials', () => {
  const credential = { iterations: 16_384, salt: Buffer.from([1, 2]), saltedPassword: Buffer.from([3, 4, 5]) };
  const request = alterScramUsers({ set: [{ user: 'a', ...credential }], remove: ['old'] });

  it('has deletions, then credentials', () => {
    const deletion = `${text('old')}02${TAGS}`;
    const credentials = `${text('a')}02${MOST}03010204030405${TAGS}`;
    expect([request.apiKey, request.version]).toEqual([51, 0]);
    expect(encoded(request)).toBe(`${ONE}${deletion}${ONE}${credentials}${TAGS}`);
  });

  it('accepts that a user to delete has no credential', () => {
    const answers = `${text('a')}${OK}${TAGS}${text('old')}${NOT_FOUND}${TAGS}`;
    expect(decoded(request, `${THROTTLE}${TWO}${answers}${TAGS}`)).toEqual([]);
  });

  it('returns the users that are rejected', () => {
    const answers = `${text('a')}005d${text('Too many iterations')}${TAGS}${text('old')}${OK}${TAGS}`;
    expect(decoded(request, `${THROTTLE}${TWO}${answers}${TAGS}`)).toMatchObject([
      { user: 'a', message: expect.stringMatching(/^Too many iterations/) as string },
    ]);
  });

  it('fails if a user has no answer', () => {
    expect(() => decoded(request, `${THROTTLE}${ONE}${text('a')}${OK}${TAGS}${TAGS}`)).toThrow(
      'old: the broker did not',
    );
  });
});
