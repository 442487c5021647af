import { randomBytes } from 'node:crypto';
import { podObstacles } from '../../src/deploy/obstacles';
import { jsonLine } from '../../src/deploy/json-line';
import type { Pod } from '../../src/deploy/objects';
import { pollCluster } from '../../src/deploy/poll-cluster';
import { CLIENT_LABEL } from '../../src/kubernetes/labels';
import type { SoakVerdict } from './soak';
import type { Acks } from '../../src/smoke/writer';
import { E2E_IMAGE } from './image';
import { runtimePod, withConfig } from './runtime-pod';
import type { World } from './world';

const WRITES_WITHIN_MS = 3 * 60_000;
const VERDICT_WITHIN_MS = 3 * 60_000;

/** A verifying writer and reader in a pod on the control plane's node, which no scenario affects. */
export class SoakPod {
  private constructor(
    private readonly world: World,
    private readonly name: string,
  ) {}

  static async start(world: World, acks: Acks = 'all'): Promise<SoakPod> {
    const name = `soak-${randomBytes(3).toString('hex')}`;
    const { env, configMap } = withConfig(world.config);
    const pod = runtimePod(world, {
      name,
      labels: CLIENT_LABEL,
      image: E2E_IMAGE.name,
      command: ['node', '/app/soak.js'],
      env: { ...env, ACKS: acks },
      configMap,
    });
    await world.kubectl.run(['apply', '--filename', '-'], { input: JSON.stringify(pod) });
    const soak = new SoakPod(world, name);
    await soak.untilAcked(1, WRITES_WITHIN_MS);
    return soak;
  }

  /** Waits until this number of records has been acknowledged. */
  async untilAcked(count: number, withinMs = WRITES_WITHIN_MS): Promise<void> {
    const acked = await pollCluster(() => this.acked(), {
      until: (now) => now >= count,
      withinMs,
    });
    if (acked < count) throw new Error(`${acked} of ${count} records were acknowledged within ${withinMs / 1_000} s`);
  }

  /** Stops the soak. @returns its verdict */
  async finish(): Promise<SoakVerdict> {
    await this.world.kubectl.run(['exec', this.name, '--', 'kill', '-TERM', '1']);
    const pod = await pollCluster(() => this.world.kubectl.find<Pod>('pod', this.name), {
      until: (found) => found?.status.phase === 'Succeeded' || found?.status.phase === 'Failed',
      withinMs: VERDICT_WITHIN_MS,
    });
    const log = await this.log();
    const verdict = jsonLine(log) as SoakVerdict | undefined;
    if (verdict === undefined)
      throw new Error(`the soak (${pod?.status.phase ?? 'gone'}) gave no verdict:\n${log.slice(-2_000)}`);
    return verdict;
  }

  async remove(): Promise<void> {
    await this.world.kubectl.run([
      'delete',
      'pod',
      this.name,
      '--ignore-not-found',
      '--grace-period=1',
      '--wait=false',
    ]);
  }

  private async acked(): Promise<number> {
    const pod = await this.world.kubectl.find<Pod>('pod', this.name);
    if (pod === undefined || pod.status.phase === 'Failed') throw new Error(`the soak ended: ${await this.log()}`);
    const [obstacle] = podObstacles(pod);
    if (obstacle !== undefined) throw new Error(obstacle.text);
    if (pod.status.phase !== 'Running') return 0;
    const [line = ''] = (await this.log(['--tail=1'])).trim().split('\n');
    const acked = Number(/^acked (\d+)$/.exec(line)?.[1] ?? 0);
    this.world.note(`${acked} acked`);
    return acked;
  }

  private log(options: readonly string[] = []): Promise<string> {
    return this.world.kubectl.run(['logs', this.name, ...options]);
  }
}
