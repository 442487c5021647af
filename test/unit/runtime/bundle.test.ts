import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { GUARD_PROGRAMS, RUNTIME_PROGRAMS, bundleGuard, bundleRuntime } from '../../../scripts/bundle-runtime';
import { guardImageTag } from '../../../scripts/guard-image-tag';
import { GUARD_IMAGE_TAG } from '../../../src/components/kafka-cluster/guard/image-tag';
import { packagesOf } from '../../support/bundled';

let directory: string;
let runtime: Metafile;
let guard: Metafile;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  runtime = await bundleRuntime(join(directory, 'runtime'));
  guard = await bundleGuard(join(directory, 'guard'));
});

afterAll(() => rmSync(directory, { recursive: true }));

describe('the runtime image', () => {
  it('has programs for lag, provisioning and the smoke test, but none for guards or for tests only', () => {
    expect(RUNTIME_PROGRAMS).toEqual([
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

  it('has a lag exporter without kafkajs, whose idle connections use a CPU core', () => {
    expect(packagesOf(runtime, 'lag-exporter').filter((name) => name !== 'zod')).toEqual([]);
  });
});

describe('the image of the guard', () => {
  it.each(GUARD_PROGRAMS)('has a %s without kafkajs and cdk8s', (program) => {
    expect(packagesOf(guard, program).filter((name) => name !== 'zod')).toEqual([]);
  });

  it('has nothing that other parts of the platform change: no rules, no configuration, no release of the project', () => {
    const used = Object.values(guard.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    expect(used.filter((file) => /rules|alerts|dashboards|platform\/load|package\.json/.test(file))).toEqual([]);
  });

  it('has the tag that follows from what is in it; otherwise run npm run guard-image-tag', async () => {
    expect(await guardImageTag(join(directory, 'tag'))).toBe(GUARD_IMAGE_TAG);
  });
});
