import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Guard } from '../../src/components/kafka-cluster/guard/guard';
import { guardSettings, nodeWithId, type GuardSettings } from '../../src/components/kafka-cluster/guard/settings';
import { stopScript } from '../../src/components/kafka-cluster/stop-script';
import type { LocalPlatform } from '../../src/local/local-platform';
import { chooseLocalPorts } from '../../src/local/ports';
import type { Platform } from '../../src/platform/load';

interface Guarded {
  readonly config: Platform;
  readonly platform: LocalPlatform;
  /** For scripts and their logs. */
  readonly directory: string;
}

/** The guards of a local platform's nodes, in this process. */
export class LocalGuards {
  private readonly guards = new Map<number, Guard>();
  private readonly running: Promise<unknown>[] = [];

  private constructor(
    private readonly guarded: Guarded,
    readonly settings: GuardSettings,
  ) {
    for (const id of guarded.platform.nodeIds) this.start(id);
  }

  static async of(guarded: Guarded): Promise<LocalGuards> {
    const { config, platform } = guarded;
    const { brokers } = await chooseLocalPorts({ brokers: platform.nodeIds.length, basePort: undefined, kept: {} });
    const portOf = (id: number): number => brokers[platform.nodeIds.indexOf(id)]?.[0] ?? 0;
    return new LocalGuards(guarded, guardSettings(config, platform.layout, portOf));
  }

  start(nodeId: number): void {
    const guard = new Guard({
      settings: this.settings,
      nodeId,
      say: () => undefined,
      passCommand: 'pass',
      endBroker: () => undefined,
    });
    this.guards.set(nodeId, guard);
    this.running.push(guard.run());
  }

  end(nodeId: number): void {
    this.guards.get(nodeId)?.close();
    this.guards.delete(nodeId);
  }

  async endAll(): Promise<void> {
    for (const id of [...this.guards.keys()]) this.end(id);
    await Promise.all(this.running);
  }

  async isReady(id: number): Promise<boolean> {
    return (await fetch(this.url(id, '/ready')).catch(() => undefined))?.ok ?? false;
  }

  async statusOf(id: number): Promise<string> {
    return ((await (await fetch(this.url(id, '/status'))).json()) as { stop: string }).stop;
  }

  /** Starts a node's preStop hook. */
  startHook(id: number): { readonly child: ChildProcess; readonly log: string } {
    const { config, directory } = this.guarded;
    const script = join(directory, `stop-${id}.sh`);
    const log = join(directory, `stop-${id}.log`);
    rmSync(log, { force: true });
    const port = nodeWithId(this.settings, id).guardPort;
    writeFileSync(script, stopScript({ ...config, guard: { ...config.guard, port } }));
    return { child: spawn('bash', [script], { env: { ...process.env, BROKER_LOG: log }, stdio: 'ignore' }), log };
  }

  /** Runs a node's preStop hook. @returns what it wrote to the node's log, when it is through */
  async hook(id: number): Promise<string> {
    const { child, log } = this.startHook(id);
    const [code] = (await once(child, 'close')) as [number];
    if (code !== 0) throw new Error(`the hook of node ${id} ended with ${code}`);
    return readFileSync(log, 'utf8');
  }

  url(id: number, path: string): string {
    return `http://127.0.0.1:${nodeWithId(this.settings, id).guardPort}${path}`;
  }
}
