import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformApp } from '../charts/app';
import { environments } from '../src/config/environments';
import { parseConfig } from '../src/config/load';
import { manyTopics } from './support';

const RUNS = 5;

/** Milliseconds of the fastest run: parsing, rules, rendering and writing. */
function fastest(topics: number): number {
  const times = Array.from({ length: RUNS }, () => {
    const directory = mkdtempSync(join(tmpdir(), 'bench-synth-'));
    const started = performance.now();
    platformApp(parseConfig({ ...environments.kind, topics: manyTopics(topics) }), directory).synth();
    const time = performance.now() - started;
    rmSync(directory, { recursive: true });
    return time;
  });
  return Math.min(...times);
}

fastest(10);
const few = fastest(10);
const many = fastest(1_000);
console.log(
  `synth: 10 topics ${few.toFixed(0)} ms, 1,000 topics ${many.toFixed(0)} ms, ratio ${(many / few).toFixed(2)}`,
);
