import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../src/config/environments';
import { parseConfig } from '../src/config/load';
import { consoleProgress, silentProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { LocalPlatform } from '../src/embedded/local-platform';
import { localRuntime } from '../src/embedded/runtime';
import { bareStart } from './bare-processes';
import { median } from './support';

const ROUNDS = 3;
const MEBIBYTE = 2 ** 20;

/** From nothing to three brokers that accept clients, beside a shell script that does no more than start them. */
run(async () => {
  const config = parseConfig(environments.local);
  const runtime = await localRuntime(config, consoleProgress());
  const bare: number[] = [];
  const embedded: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await bareStart(runtime, config));
    embedded.push(await embeddedStart());
  }
  const ratio = median(embedded) / median(bare);
  const seconds = (times: readonly number[]): string => `${(median(times) / 1_000).toFixed(1)} s`;
  console.log(
    `cold start: embedded ${seconds(embedded)}, bare processes ${seconds(bare)}, ratio ${ratio.toFixed(2)} (at most 1.3)`,
  );
  if (ratio > 1.3) process.exitCode = 1;

  async function embeddedStart(): Promise<number> {
    const stateDirectory = mkdtempSync(join(tmpdir(), 'bench-embedded-'));
    const started = performance.now();
    const own = parseConfig({ ...environments.local, local: { stateDirectory } });
    const platform = await LocalPlatform.start({ config: own, runtime, progress: silentProgress });
    const time = performance.now() - started;
    const resident = platform.nodeIds.map((id) => residentBytes(platform.pid(id)));
    console.error(
      `  embedded ${(time / 1_000).toFixed(1)} s, resident ${resident.map((size) => `${(size / MEBIBYTE).toFixed(0)} MiB`).join(', ')}`,
    );
    await platform.stop();
    rmSync(stateDirectory, { recursive: true });
    return time;
  }
});

function residentBytes(pid: number | undefined): number {
  return pid === undefined
    ? 0
    : Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}
