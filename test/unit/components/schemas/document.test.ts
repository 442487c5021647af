import { ConfigError, type Problem } from '../../../../src/validation/problems';
import { subjectsDocument } from '../../../../src/components/schemas/document';
import { loadSubjects } from '../../../../src/components/schemas/load';
import { parseSubjects } from '../../../../src/components/schemas/parse-subjects';
import { A, record } from './builders';
import { schemas } from '../../../../examples/catalogue/schemas';

const SUBJECT = { subject: 'orders-value', compatibility: 'FULL', versions: [record([A])] };

function problemsOf(document: unknown): readonly Problem[] {
  try {
    parseSubjects(document, 'subjects.json');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the document of subjects', () => {
  it('contains the whole catalogue', () => {
    expect(parseSubjects(JSON.parse(subjectsDocument([schemas])), 'subjects.json')).toEqual(loadSubjects(schemas));
  });

  it.each<readonly [string, unknown, string, string]>([
    ['is no list', {}, '(all)', 'a list of subjects'],
    [
      'has a subject without versions',
      [{ ...SUBJECT, versions: [] }],
      '0.versions',
      'at least one schema, oldest first',
    ],
    ['has a level that there is none of', [{ ...SUBJECT, compatibility: 'SIDEWAYS' }], '0.compatibility', 'BACKWARD, '],
    ['has an entry that is no subject', [null], '0', 'subject, compatibility, versions'],
    ['has a number for a schema', [SUBJECT, { ...SUBJECT, versions: [7] }], '1.versions.0', 'an Avro schema as JSON'],
    ['has what this release does not know', [{ ...SUBJECT, owner: 'x' }], '0', 'subject, compatibility, versions'],
  ])('is refused when it %s', (_what, document, path, allowed) => {
    expect(problemsOf(document)).toMatchObject([{ path, allowed: expect.stringContaining(allowed) as string }]);
  });

  it('is refused with all problems at once', () => {
    expect(problemsOf([{ ...SUBJECT, subject: '' }, { subject: 'x-value' }]).map(({ path }) => path)).toEqual([
      '0.subject',
      '1.compatibility',
      '1.versions',
    ]);
  });
});
