import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../src/platform/load';
import { chooseLocalPorts } from '../src/local/ports';
import type { Runtime } from '../src/local/prepare';
import { opens } from '../src/protocol/opens';

const JVM = ['-Xmx384m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
const POLL_MS = 50;

/** Milliseconds until three brokers, formatted and started in parallel by a minimal script, accept clients. */
export async function bareStart({ java, classPath }: Runtime, { brokers }: Platform): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-bare-'));
  const { brokers: ports } = await chooseLocalPorts({ brokers: 3, basePort: undefined, kept: {} });
  const voters = ports.map(([, controller], id) => `${id}@127.0.0.1:${controller}`).join(',');
  const started = performance.now();
  const nodes = await Promise.all(
    ports.map(async ([client, controller], id) => {
      const home = join(directory, String(id));
      mkdirSync(home);
      const file = join(home, 'server.properties');
      writeFileSync(join(home, 'log4j2.properties'), 'rootLogger.level=WARN\n');
      writeFileSync(
        file,
        `process.roles=broker,controller
node.id=${id}
controller.quorum.voters=${voters}
listeners=PLAINTEXT://127.0.0.1:${client},CONTROLLER://127.0.0.1:${controller}
controller.listener.names=CONTROLLER
log.dirs=${home}/log
`,
      );
      const base = [...JVM, `-Dlog4j2.configurationFile=${home}/log4j2.properties`, '-cp', classPath];
      const format = ['kafka.tools.StorageTool', 'format', '-t', brokers.clusterId, '-c', file];
      await once(spawn(java, [...base, ...format], { stdio: 'ignore' }), 'exit');
      return { client, child: spawn(java, [...base, 'kafka.Kafka', file], { stdio: 'ignore' }) };
    }),
  );
  await Promise.all(nodes.map(({ client }) => accepting(client)));
  const time = performance.now() - started;
  await Promise.all(
    nodes.map(({ child }) => {
      child.kill('SIGTERM');
      return once(child, 'exit');
    }),
  );
  rmSync(directory, { recursive: true });
  console.error(`  bare ${(time / 1_000).toFixed(1)} s`);
  return time;
}

async function accepting(port: number): Promise<void> {
  while (!(await opens('127.0.0.1', port))) await delay(POLL_MS);
}
