import { mountedSubjects } from '../../../src/workloads/environment';

const VARIABLE = 'PLATFORM_SCHEMAS';
const before = process.env[VARIABLE];

afterEach(() => {
  if (before === undefined) Reflect.deleteProperty(process.env, VARIABLE);
  else process.env[VARIABLE] = before;
});

describe('the schemas that a program is given', () => {
  it('are none where none are mounted', () => {
    Reflect.deleteProperty(process.env, VARIABLE);
    expect(mountedSubjects()).toEqual([]);
  });

  it('have to be readable where they are', () => {
    process.env[VARIABLE] = '/nowhere/subjects.json';
    expect(() => mountedSubjects()).toThrow(/PLATFORM_SCHEMAS=\/nowhere\/subjects\.json cannot be read/);
  });
});
