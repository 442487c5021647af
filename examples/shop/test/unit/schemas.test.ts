import { compatibilityProblems } from '../../../../src/components/schemas/compatibility-problems';
import { loadSubjects } from '../../../../src/components/schemas/load';
import { eventSchemas } from '../../schemas/event-schemas';
import { schemas } from '../../schemas';

const subjects = loadSubjects(schemas);

describe('the schemas of the shop', () => {
  it('keep their levels between all versions', () => {
    expect(subjects).toHaveLength(6);
    expect(subjects.flatMap(compatibilityProblems)).toEqual([]);
  });

  it('are the same in its programs and in their files', () => {
    expect(Object.values(eventSchemas)).toEqual(subjects.map(({ versions }) => versions));
  });
});
