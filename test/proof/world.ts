import { rmSync } from 'node:fs';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { signal } from '../../src/embedded/processes';
import { LOOPBACK } from '../../src/render/local-layout';
import { applyTopics } from '../../src/topics/apply';
import { batchChain, batchTopic, proofChain } from './proof-chain';
import { startPlatform, temporaryDirectory, threeBrokers } from '../support/local-platform';
import { catalogue } from '../../src/topics/catalogue';
import { TcpProxy } from '../support/tcp-proxy';

/** Three brokers, each behind a proxy, with every topic of the catalogue. */
export class World {
  private brokerFault: Promise<void> = Promise.resolve();

  private constructor(
    readonly platform: LocalPlatform,
    /** By node id. */
    readonly proxies: readonly TcpProxy[],
    /** For files of a run; gone with the world. */
    readonly directory: string,
  ) {}

  static async start(): Promise<World> {
    const directory = temporaryDirectory();
    const config = threeBrokers(directory, {
      topics: [...catalogue, ...proofChain.topics, batchTopic, ...batchChain.topics],
    });
    const platform = await startPlatform(config);
    await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
    const advertised = new Map<number, number>();
    const proxies: TcpProxy[] = [];
    for (const { ports } of platform.layout.nodes) {
      const proxy = await TcpProxy.start(ports.client, advertised);
      advertised.set(ports.client, proxy.port);
      proxies.push(proxy);
    }
    return new World(platform, proxies, directory);
  }

  /** For the clients that are to be proven. */
  get bootstrap(): readonly string[] {
    return this.proxies.map(({ port }) => `${LOOPBACK}:${port}`);
  }

  /** For whoever judges them: past the proxies. */
  get direct(): readonly string[] {
    return this.platform.bootstrap;
  }

  proxy(nodeId: number): TcpProxy {
    const proxy = this.proxies[nodeId];
    if (proxy === undefined) throw new Error(`there is no broker ${nodeId}`);
    return proxy;
  }

  /** One broker at a time: with two gone nothing can be written, which proves nothing about clients. */
  killBroker(nodeId: number, downMs: number): Promise<void> {
    this.brokerFault = this.brokerFault.then(() => this.killOne(nodeId, downMs));
    return this.brokerFault;
  }

  async stop(): Promise<void> {
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
    await this.platform.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async killOne(nodeId: number, downMs: number): Promise<void> {
    const pid = this.platform.pid(nodeId);
    if (pid === undefined) throw new Error(`broker ${nodeId} is not running`);
    signal(pid, 'SIGKILL');
    await new Promise((done) => setTimeout(done, downMs));
    await this.platform.startBroker(nodeId);
  }
}
