import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { RUNTIME_PROGRAMS, bundleRuntime } from '../../../scripts/bundle-runtime';

let directory: string;
let made: Metafile;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  made = await bundleRuntime(directory);
});

afterAll(() => rmSync(directory, { recursive: true }));

const packagesOf = (program: string): readonly string[] => {
  const [, output] = Object.entries(made.outputs).find(([name]) => name.endsWith(`/${program}.js`)) ?? [];
  const files = Object.keys(output?.inputs ?? {});
  expect(files).toContain(`src/workloads/${program}.ts`);
  return [...new Set(files.map((file) => /^node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]))].filter(
    (name) => name !== undefined,
  );
};

describe('the runtime image', () => {
  it('has a program for guards, lag, provisioning, proofs, for looking, and for each sample', () => {
    expect(RUNTIME_PROGRAMS).toEqual([
      'analytics',
      'describe',
      'email',
      'guard',
      'inventory',
      'judge-samples',
      'lag-exporter',
      'order-service',
      'orders-v1-reader',
      'page-view-generator',
      'payment',
      'prepare-registry',
      'provision-schemas',
      'provision-topics',
      'reach',
      'smoke',
      'soak',
    ]);
  });

  it.each(RUNTIME_PROGRAMS)('has a %s without cdk8s', (program) => {
    expect(packagesOf(program).filter((name) => /cdk8s|constructs/.test(name))).toEqual([]);
  });

  it.each(['guard', 'describe', 'lag-exporter'])(
    'has a %s without kafkajs, whose idle connections keep a core busy',
    (program) => {
      expect(packagesOf(program)).toEqual(['zod']);
    },
  );
});
