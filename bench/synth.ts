import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../src/console/run';
import { platformApp } from '../src/manifests/app';
import { environments } from '../platform/environments';
import { parseConfig } from '../src/platform/load';
import { manyTopics } from './support';

const RUNS = 5;

/** Milliseconds of the fastest run of parsing, rules, rendering and writing. */
function fastest(topics: number): number {
  const times = Array.from({ length: RUNS }, () => {
    const directory = mkdtempSync(join(tmpdir(), 'bench-synth-'));
    const started = performance.now();
    platformApp({
      config: parseConfig({ ...environments.kind, topics: manyTopics(topics), applications: {} }),
      outdir: directory,
    }).synth();
    const time = performance.now() - started;
    rmSync(directory, { recursive: true });
    return time;
  });
  return Math.min(...times);
}

run(() => {
  fastest(10);
  const few = fastest(10);
  const many = fastest(1_000);
  console.log(
    `synth: 10 topics ${few.toFixed(0)} ms, 1,000 topics ${many.toFixed(0)} ms, ratio ${(many / few).toFixed(2)}`,
  );
});
