import { mountedSubjects } from '../../../src/workloads/mounted-config';

const VARIABLE = 'PLATFORM_SCHEMAS';
const before = process.env[VARIABLE];

afterEach(() => {
  if (before === undefined) Reflect.deleteProperty(process.env, VARIABLE);
  else process.env[VARIABLE] = before;
});

describe('the schemas of a program', () => {
  it('are empty if none are mounted', () => {
    Reflect.deleteProperty(process.env, VARIABLE);
    expect(mountedSubjects()).toEqual([]);
  });

  it('must be readable if they are mounted', () => {
    process.env[VARIABLE] = '/nowhere/subjects.json';
    expect(() => mountedSubjects()).toThrow(/PLATFORM_SCHEMAS=\/nowhere\/subjects\.json cannot be read/);
  });
});
