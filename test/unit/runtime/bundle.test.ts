import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { RUNTIME_PROGRAMS, bundleRuntime } from '../../../scripts/bundle-runtime';
import { packagesOf } from '../../support/bundled';

let directory: string;
let runtime: Metafile;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  runtime = await bundleRuntime(join(directory, 'runtime'));
});

afterAll(() => rmSync(directory, { recursive: true }));

describe('the runtime image', () => {
  it('has programs for guards, lag, provisioning, the smoke test and inspection, but none for tests only', () => {
    expect(RUNTIME_PROGRAMS).toEqual([
      'describe',
      'guard',
      'lag-exporter',
      'prepare-registry',
      'provision-schemas',
      'provision-topics',
      'smoke',
    ]);
  });

  it.each(RUNTIME_PROGRAMS)('has a %s without cdk8s', (program) => {
    expect(packagesOf(runtime, program).filter((name) => /cdk8s|constructs/.test(name))).toEqual([]);
  });

  it('has nothing of the examples', () => {
    expect(Object.keys(runtime.inputs).filter((file) => /^(examples|platform)\//.test(file))).toEqual([]);
  });

  it.each(['guard', 'describe', 'lag-exporter'])(
    'has a %s without kafkajs, whose idle connections use a CPU core',
    (program) => {
      expect(packagesOf(runtime, program).filter((name) => name !== 'zod')).toEqual([]);
    },
  );
});
