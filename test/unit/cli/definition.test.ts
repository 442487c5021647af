import definition from '../../../platform';
import { checkedDefinition } from '../../../src/platform/definition';
import {
  chosenEnvironment,
  environmentFile,
  everyPlatform,
  everySchemas,
  kubernetesEnvironments,
  platformOf,
  schemasOf,
  type Project,
} from '../../../src/platform/project';
import { ConfigError } from '../../../src/validation/problems';
import { validConfig } from '../../../tools/support/config';

function problemsOf(exported: unknown) {
  try {
    checkedDefinition(exported, 'platform.js');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const CATALOGUE = { file: 'catalogue.ts', directory: 'avro', definitions: [] };

const projectOf = (...names: readonly string[]): Project => ({
  file: 'platform.js',
  definition: { environments: Object.fromEntries(names.map((name) => [name, validConfig])) },
});

describe('the definition of a platform', () => {
  it('is accepted: that of this project, and one with only an environment', () => {
    expect(checkedDefinition(definition, 'platform/index.ts')).toBe(definition);
    expect(problemsOf({ environments: { production: validConfig } })).toEqual([]);
  });

  it.each([
    ['nothing', undefined, ['default export']],
    ['a number', 7, ['default export']],
    ['a configuration without its environment', validConfig, ['environments', 'brokers']],
    ['no environment', { environments: {} }, ['environments']],
    ['an environment that would be a path', { environments: { '../other': {} } }, ['environments.../other']],
    ['a name with a typing mistake', { environments: { kind: {} }, schema: undefined }, ['schema']],
    ['a file that is no function', { environments: { kind: {} }, environmentFile: 'kind.ts' }, ['environmentFile']],
    [
      'chains that are none',
      { environments: { kind: {} }, retryChains: [{ topic: 'orders' }] },
      ['retryChains.0.group', 'retryChains.0.deadLetterTopic'],
    ],
    [
      'schemas without a directory',
      { environments: { kind: {} }, schemas: { kind: [{ file: 'a', definitions: [] }] } },
      ['schemas.kind.0.directory'],
    ],
    [
      'subjects that are none',
      {
        environments: { kind: {} },
        schemas: {
          kind: [
            {
              ...CATALOGUE,
              definitions: [
                { topic: 'a', compatability: 'FULL', versions: 'a.avsc' },
                { topic: '', versions: [1] },
              ],
            },
          ],
        },
      },
      [
        'schemas.kind.0.definitions.0.compatibility',
        'schemas.kind.0.definitions.0.compatability',
        'schemas.kind.0.definitions.0.versions',
        'schemas.kind.0.definitions.1.topic',
        'schemas.kind.0.definitions.1.versions.0',
      ],
    ],
    ['schemas of no environment', { environments: { kind: {} }, schemas: { kin: [] } }, ['schemas.kin']],
    ['schemas that are not in a list', { environments: { kind: {} }, schemas: { kind: CATALOGUE } }, ['schemas.kind']],
    ['a list of schemas for all', { environments: { kind: {} }, schemas: [CATALOGUE] }, ['schemas']],
    ['topics without their file', { environments: { kind: {} }, topics: [{ topics: [] }] }, ['topics.0.file']],
    [
      'several problems',
      { environments: { A: {} }, environmentFile: 1, topics: {}, manifests: 2, typo: 3 },
      ['environmentFile', 'topics', 'manifests', 'typo', 'environments.A'],
    ],
  ])('is refused with every problem: %s', (_, exported, paths) => {
    const problems = problemsOf(exported);
    expect(problems.map(({ path }) => path)).toEqual(expect.arrayContaining(paths));
    for (const { message, allowed, fix } of problems) expect([message, allowed, fix]).not.toContain('');
  });

  it('suggests the intended name', () => {
    expect(problemsOf({ environments: { kind: {} }, schema: 1 })).toMatchObject([
      { path: 'schema', fix: 'write schemas, or remove it' },
    ]);
  });
});

describe('the schemas of a project', () => {
  const other = { ...CATALOGUE, file: 'other.ts' };
  const environments = { local: validConfig, kind: validConfig };
  const project: Project<'local' | 'kind'> = {
    file: 'platform.js',
    definition: { environments, schemas: { local: [CATALOGUE, other] } },
  };

  it('are those of each environment, none if it is not named', () => {
    expect(problemsOf(project.definition)).toEqual([]);
    expect(schemasOf(project, 'local')).toEqual([CATALOGUE, other]);
    expect(schemasOf(project, 'kind')).toEqual([]);
  });

  it('are unique, even if several environments have them', () => {
    const schemas = { local: [CATALOGUE, other], kind: [CATALOGUE] };
    expect(everySchemas({ ...project, definition: { environments, schemas } })).toEqual([CATALOGUE, other]);
  });
});

describe('the environments of a project', () => {
  const among = (...names: readonly string[]) => ({ option: '--environment', among: names });

  it('are rendered, except local', () => {
    expect(kubernetesEnvironments(projectOf('local', 'kind', 'production'))).toEqual(['kind', 'production']);
  });

  it.each([
    ['production', ['local', 'production'], 'production'],
    [undefined, ['staging', 'local'], 'local'],
    [undefined, ['staging'], 'staging'],
  ])('%s of %j means %s', (name, names, chosen) => {
    expect(chosenEnvironment(projectOf(...names), { name, ...among(...names) })).toBe(chosen);
  });

  it('may include a preferred one', () => {
    const names = ['kind', 'production'];
    expect(chosenEnvironment(projectOf(...names), { name: undefined, ...among(...names), preferred: 'kind' })).toBe(
      'kind',
    );
  });

  it.each([
    ['prodution', ['local', 'production'], 'allowed: local, production', 'fix:     name production'],
    ['other', ['local', 'production'], 'has no such environment', 'fix:     name one of them'],
    [undefined, ['staging', 'production'], 'several environments', 'fix:     name one of them'],
    ['local', [], 'is not rendered', 'fix:     add one to environments of platform.js'],
  ])('%s of %j is refused: %s', (name, names, told, fix) => {
    const choose = () => chosenEnvironment(projectOf('local', ...names), { name, ...among(...names) });
    expect(choose).toThrow(told);
    expect(choose).toThrow(fix);
    expect(choose).toThrow(/--environment = /);
  });

  it('have unique cluster ids: the later of two with the same id is refused, with its other problems', () => {
    const environments = { one: validConfig, two: { ...validConfig, trafficShare: 2 }, three: validConfig };
    const project: Project = { file: 'platform.js', definition: { environments } };
    expect(platformOf(project, 'one').brokers.clusterId).toBe(validConfig.brokers.clusterId);
    expect(() => platformOf(project, 'two')).toThrow(
      /trafficShare = 2[^]*brokers\.clusterId = .*\n.*environment one has/,
    );
    expect(() => everyPlatform(project)).toThrow(
      /environments\.two has 2 problems[^]*environments\.three has one problem[^]*environment one has this id[^]*allowed: [^]*fix: /,
    );
  });

  it('have problems with their file: their own, or their path in the definition', () => {
    expect(environmentFile({ file: 'platform/index.ts', definition }, 'kind')).toBe('platform/environments/kind.ts');
    const broken = { file: 'platform.js', definition: { environments: { kind: {} as never } } };
    expect(() => platformOf(broken, 'kind')).toThrow('platform.js, environments.kind has ');
  });
});
