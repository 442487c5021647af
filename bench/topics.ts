import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../platform/environments';
import { parseConfig } from '../src/platform/load';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { LocalPlatform } from '../src/local/local-platform';
import { localRuntime } from '../src/local/runtime';
import { applyTopics } from '../src/components/topics/apply';
import { readPlan } from '../src/components/topics/read-plan';
import { manyTopics } from './support';

const TOPICS = 1_000;
const LIMITS = { plan: 5, apply: 60 };

/** The time to apply a large catalogue to the local brokers. */
run(async () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'bench-topics-'));
  const config = parseConfig({
    ...environments.local,
    topics: manyTopics(TOPICS),
    applications: {},
    local: { stateDirectory },
  });
  const progress = consoleProgress();
  const platform = await LocalPlatform.start({ config, runtime: await localRuntime(config, progress), progress });
  try {
    const target = { connection: platform.connection, topics: config.topics };
    const first = await seconds(() => readPlan(target));
    const apply = await seconds(() => applyTopics(target));
    const plan = await seconds(() => readPlan(target));
    console.log(
      `topics: ${TOPICS} planned in ${first.toFixed(1)} s, applied and verified in ${apply.toFixed(1)} s (at most ${LIMITS.apply} s)`,
    );
    console.log(
      `topics: ${TOPICS} that exist planned in ${plan.toFixed(1)} s (at most ${LIMITS.plan} s), ratio apply to plan ${(apply / plan).toFixed(0)}`,
    );
    if (Math.max(first, plan) > LIMITS.plan || apply > LIMITS.apply) process.exitCode = 1;
  } finally {
    await platform.stop();
    rmSync(stateDirectory, { recursive: true });
  }
});

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}
