import type { KafkaConnection } from '../src/protocol/connection';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EventConsumer } from '../src/client/consumer/event-consumer';
import { alreadyEncoded } from '../src/client/encoded';
import { EventProducer } from '../src/client/producer/event-producer';
import { parseConfig } from '../src/platform/load';
import { silentProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { LocalPlatform } from '../src/local/local-platform';
import { localRuntime } from '../src/local/runtime';
import { applyTopics } from '../src/components/topics/apply';
import { withCatalogue } from '../tools/support/with-catalogue';

const MEMBERS = 4;
const PER_SECOND = 50;
const KEYS = 200;
const SETTLE_MS = 5_000;
/** Longer than the session timeout of a killed member. */
const AFTER_KILL_MS = 35_000;

interface Member {
  readonly name: string;
  readonly process: ChildProcess;
  readonly printed: { text: string };
}

/**
 * The longest gap in the output of exactly-once processing while its four processes are restarted one by one, and after
 * one of them is killed and restarted immediately; with dynamic and with static members.
 */
run(async () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'bench-restarts-'));
  const config = parseConfig({ ...withCatalogue.local, local: { stateDirectory } });
  const runtime = await localRuntime(config, silentProgress);
  const platform = await LocalPlatform.start({ config, runtime, progress: silentProgress });
  try {
    await applyTopics({ connection: platform.connection, topics: config.topics });
    for (const isStatic of [false, true]) await measure(platform.connection, isStatic);
  } finally {
    await platform.stop();
    rmSync(stateDirectory, { recursive: true });
  }
});

async function measure(connection: KafkaConnection, isStatic: boolean): Promise<void> {
  const kind = isStatic ? 'static' : 'dynamic';
  const groupId = `bench-${kind}`;
  const open = (name: string): Promise<Member> => startMember(connection, groupId, { name, isStatic });
  const members = await Promise.all(Array.from({ length: MEMBERS }, (_, index) => open(`member-${index}`)));
  const outputs = await watchOutputs(connection, `${groupId}-reader`);
  const load = keepSending(connection);
  await delay(SETTLE_MS);

  let rebalances = 0;
  const rolled = await longestGap(outputs.arrivals, async () => {
    for (const [index, member] of members.entries()) {
      rebalances += await stopMember(member);
      members[index] = await open(member.name);
      await delay(SETTLE_MS);
    }
  });
  const killed = await longestGap(outputs.arrivals, async () => {
    const [victim] = members;
    if (victim === undefined) return;
    victim.process.kill('SIGKILL');
    await once(victim.process, 'exit');
    members[0] = await open(victim.name);
    await delay(AFTER_KILL_MS);
  });
  await load.stop();
  for (const member of members) rebalances += await stopMember(member);
  await outputs.stop();
  console.log(
    `restarts, ${kind} members: at most ${rolled.toFixed(1)} s without an output of a partition while ${MEMBERS} members are replaced, ` +
      `${killed.toFixed(1)} s after one was killed; partitions assigned ${rebalances} times to ${2 * MEMBERS + 1} processes`,
  );
}

async function startMember(
  connection: KafkaConnection,
  groupId: string,
  { name, isStatic }: { readonly name: string; readonly isStatic: boolean },
): Promise<Member> {
  const args = ['--import', 'tsx', 'bench/restarts-member.ts', connection.bootstrapServers.join(','), groupId];
  const child = spawn(process.execPath, [...args, ...(isStatic ? [name] : [])], { stdio: ['pipe', 'pipe', 'inherit'] });
  const printed = { text: '' };
  child.stdout.on('data', (part: Buffer) => (printed.text += part.toString()));
  while (!printed.text.includes('ready')) await once(child.stdout, 'data');
  return { name, process: child, printed };
}

/** @returns how often the member had partitions assigned */
async function stopMember({ process: child, printed }: Member): Promise<number> {
  child.kill('SIGTERM');
  await once(child, 'exit');
  return Number(/rebalances (\d+)/.exec(printed.text)?.[1] ?? 0);
}

interface Arrival {
  readonly partition: number;
  /** Milliseconds by this process's clock. */
  readonly at: number;
}

async function watchOutputs(connection: KafkaConnection, groupId: string) {
  const arrivals: Arrival[] = [];
  const reader = await EventConsumer.start<'orders-paid'>({
    connection,
    groupId,
    topics: ['orders-paid'],
    handle: ({ partition }) => void arrivals.push({ partition, at: performance.now() }),
  });
  return { arrivals, stop: () => reader.close() };
}

function keepSending(connection: KafkaConnection) {
  const producer = new EventProducer({ connection });
  let count = 0;
  const value = alreadyEncoded<'orders'>(Buffer.from('order'));
  const timer = setInterval(() => {
    count += 1;
    void producer.send('orders', { key: `key-${count % KEYS}`, value });
  }, 1_000 / PER_SECOND);
  return {
    stop: async () => {
      clearInterval(timer);
      await producer.close(SETTLE_MS);
    },
  };
}

/** @returns the longest time without output of any partition during the work, in seconds */
async function longestGap(arrivals: readonly Arrival[], work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  const end = performance.now();
  const gaps = [...new Set(arrivals.map(({ partition }) => partition))].map((partition) => {
    const own = arrivals.filter((one) => one.partition === partition && one.at >= begin).map(({ at }) => at);
    const times = [begin, ...own, end];
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  });
  return Math.max(...gaps) / 1_000;
}
