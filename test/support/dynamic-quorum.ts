import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LOOPBACK } from '../../src/components/kafka-cluster/local-layout';
import type { Runtime } from '../../src/local/prepare';
import { QUICK_START } from '../../src/processes/quick-start';
import type { KafkaConnection } from '../../src/protocol/connection';
import { freePort } from '../../tools/support/free-port';

const CLUSTER_ID = 'Zm9yLWEtZHluYW1pYy1xdQ';
const FORMER_ID = 100;

interface Process {
  readonly id: number;
  readonly roles: string;
  /** `KIND://host:port` of each listener. */
  readonly listeners: string;
  /** Further lines of the properties file. */
  readonly more: readonly string[];
  /** Options of formatting. */
  readonly format: readonly string[];
}

/**
 * A dynamic quorum of one node (100, broker and controller) that supports levels which are not for production; nodes of the
 * platform do not.
 */
export class DynamicQuorum {
  private readonly running: ChildProcess[] = [];

  private constructor(
    private readonly runtime: Runtime,
    private readonly directory: string,
    private readonly ports: { readonly client: number; readonly controller: number },
  ) {}

  static async start(runtime: Runtime, directory: string): Promise<DynamicQuorum> {
    const quorum = new DynamicQuorum(runtime, directory, { client: await freePort(), controller: await freePort() });
    const { client, controller } = quorum.ports;
    await quorum.run({
      id: FORMER_ID,
      roles: 'broker,controller',
      listeners: `CLIENT://${LOOPBACK}:${client},CONTROLLER://${LOOPBACK}:${controller}`,
      more: [`advertised.listeners=CLIENT://${LOOPBACK}:${client}`, 'unstable.feature.versions.enable=true'],
      format: ['--standalone', '--release-version=4.3-IV0'],
    });
    return quorum;
  }

  get connection(): KafkaConnection {
    return { bootstrapServers: [`${LOOPBACK}:${this.ports.client}`], clientId: 'test' };
  }

  /** Starts a controller that does not vote and supports the levels for production only. @returns what kills it */
  async startController(id: number): Promise<() => Promise<void>> {
    const port = await freePort();
    const child = await this.run({
      id,
      roles: 'controller',
      listeners: `CONTROLLER://${LOOPBACK}:${port}`,
      more: [],
      format: ['--no-initial-controllers', '--release-version=4.3-IV0'],
    });
    return () => kill(child);
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map(kill));
  }

  private async run({ id, roles, listeners, more, format }: Process): Promise<ChildProcess> {
    const directory = join(this.directory, String(id));
    const file = join(directory, 'node.properties');
    mkdirSync(directory, { recursive: true });
    const lines = [
      `node.id=${id}`,
      `process.roles=${roles}`,
      `listeners=${listeners}`,
      'listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'controller.listener.names=CONTROLLER',
      // The default does not fit into this heap.
      'log.cleaner.dedupe.buffer.size=2097152',
      `controller.quorum.bootstrap.servers=${LOOPBACK}:${this.ports.controller}`,
      `log.dirs=${join(directory, 'log')}`,
      ...(roles.includes('broker') ? ['inter.broker.listener.name=CLIENT'] : []),
      ...more,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { java, classPath } = this.runtime;
    const base = ['-Xmx192m', ...QUICK_START, '-cp', classPath];
    const storage = ['kafka.tools.StorageTool', 'format', `--cluster-id=${CLUSTER_ID}`, `--config=${file}`, ...format];
    await promisify(execFile)(java, [...base, ...storage]);
    const child = spawn(java, [...base, 'kafka.Kafka', file], { stdio: 'ignore' });
    this.running.push(child);
    return child;
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
