import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The suites on real brokers that tell most in little time; `npm test` has few minutes. Every other one is slow. */
const QUICK_INTEGRATION = [
  'apply',
  'consumer',
  'producer',
  'schemas',
  'three-brokers',
  'transactions',
  'unreachable-servers',
];

/** They run whole programs, or draw hundreds of configurations. */
const SLOW_MANIFESTS = ['fuzz', 'synth'];

/** They go through whole pages of the documentation in copies of the project, with installations: minutes each. */
const IN_COPIES = ['empty-project', 'getting-started'];

/** The same for the suites of examples, each of which may have been removed with its tests. */
const OF_EXAMPLES = { quickIntegration: ['shop'], inCopies: ['shop-removed'] };

/** Paths of test files by stage; each file is in exactly one stage. */
export interface Suites {
  readonly unit: readonly string[];
  readonly integration: readonly string[];
  readonly slow: readonly string[];
  readonly copies: readonly string[];
}

/** All existing test files. @throws if a suite that is named here does not exist */
export function testSuites(): Suites {
  const onBrokers = testsIn('integration');
  const onManifests = testsIn('manifests');
  const all = [...onManifests, ...onBrokers];
  const isInCopies = named(all, IN_COPIES, OF_EXAMPLES.inCopies);
  const integration = onBrokers.filter((file) => !isInCopies(file));
  const manifests = onManifests.filter((file) => !isInCopies(file));
  const isQuick = named(integration, QUICK_INTEGRATION, OF_EXAMPLES.quickIntegration);
  const isSlow = named(manifests, SLOW_MANIFESTS, []);
  return {
    unit: [...testsIn('unit'), ...manifests.filter((file) => !isSlow(file))],
    integration: integration.filter(isQuick),
    slow: [...manifests.filter(isSlow), ...integration.filter((file) => !isQuick(file))],
    copies: all.filter(isInCopies),
  };
}

const nameOf = (file: string): string => basename(file, '.test.ts');

/** Folders with tests: that of the project, and those of the examples that it has. */
function testFolders(): readonly string[] {
  const ofExamples = existsSync('examples')
    ? readdirSync('examples').map((name) => join('examples', name, 'test'))
    : [];
  return ['test', ...ofExamples];
}

function testsIn(project: string): readonly string[] {
  return testFolders()
    .map((folder) => join(folder, project))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => join(folder, name)),
    )
    .sort();
}

function named(
  files: readonly string[],
  names: readonly string[],
  ofExamples: readonly string[],
): (file: string) => boolean {
  const missing = names.filter((name) => !files.some((file) => nameOf(file) === name));
  if (missing.length > 0)
    throw new Error(`scripts/test-suites.ts names suites that do not exist: ${missing.join(', ')}`);
  return (file) => [...names, ...ofExamples].includes(nameOf(file));
}
