import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../platform/environments';
import { parseConfig } from '../src/platform/load';
import { consoleProgress, silentProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { LocalPlatform } from '../src/local/local-platform';
import { localRuntime } from '../src/local/runtime';
import { bareStart } from './bare-processes';
import { median } from './support';

const ROUNDS = 3;
const MEBIBYTE = 2 ** 20;

/** Time until three new brokers accept clients, compared with a shell script that only starts them. */
run(async () => {
  const config = parseConfig(environments.local);
  const runtime = await localRuntime(config, consoleProgress());
  const bare: number[] = [];
  const local: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await bareStart(runtime, config));
    local.push(await localStart());
  }
  const ratio = median(local) / median(bare);
  const seconds = (times: readonly number[]): string => `${(median(times) / 1_000).toFixed(1)} s`;
  console.log(
    `cold start: local ${seconds(local)}, bare processes ${seconds(bare)}, ratio ${ratio.toFixed(2)} (at most 1.3)`,
  );
  if (ratio > 1.3) process.exitCode = 1;

  async function localStart(): Promise<number> {
    const stateDirectory = mkdtempSync(join(tmpdir(), 'bench-local-'));
    const started = performance.now();
    const own = parseConfig({ ...environments.local, local: { stateDirectory } });
    const platform = await LocalPlatform.start({ config: own, runtime, progress: silentProgress });
    const time = performance.now() - started;
    const resident = platform.nodeIds.map((id) => residentBytes(platform.pid(id)));
    console.error(
      `  local ${(time / 1_000).toFixed(1)} s, resident ${resident.map((size) => `${(size / MEBIBYTE).toFixed(0)} MiB`).join(', ')}`,
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
