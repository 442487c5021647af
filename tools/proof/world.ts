import type { KafkaConnection } from '../../src/protocol/connection';
import { rmSync } from 'node:fs';
import type { LocalPlatform } from '../../src/local/local-platform';
import { signal } from '../../src/processes/processes';
import { LOOPBACK } from '../../src/components/kafka-cluster/local-layout';
import { applyTopics } from '../../src/components/topics/apply';
import { batchChain, batchTopic, proofChain } from './proof-chain';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../support/local-platform';
import { catalogueTopics } from '../support/with-catalogue';
import { TcpProxy } from '../support/tcp-proxy';

/** Three brokers, each behind a proxy, with all topics of the catalogue. */
export class World {
  private brokerFault: Promise<void> = Promise.resolve();

  private constructor(
    readonly platform: LocalPlatform,
    /** Proxies by node id. */
    readonly proxies: readonly TcpProxy[],
    /** Directory for files of a run; deleted at the end. */
    readonly directory: string,
  ) {}

  static async start(): Promise<World> {
    const directory = temporaryDirectory();
    const config = threeBrokers(directory, {
      topics: [...catalogueTopics, ...proofChain.topics, batchTopic, ...batchChain.topics],
    });
    const platform = await startPlatform(config);
    await applyTopics({ connection: platform.connection, topics: config.topics });
    const advertised = new Map<number, number>();
    const proxies: TcpProxy[] = [];
    for (const { ports } of platform.layout.nodes) {
      const proxy = await TcpProxy.start(ports.client, advertised);
      advertised.set(ports.client, proxy.port);
      proxies.push(proxy);
    }
    return new World(platform, proxies, directory);
  }

  /** Connection for the clients under test, through the proxies. */
  get connection(): KafkaConnection {
    return { ...this.direct, bootstrapServers: this.proxies.map(({ port }) => `${LOOPBACK}:${port}`) };
  }

  /** Connection for checkers, without the proxies. */
  get direct(): KafkaConnection {
    return this.platform.connection;
  }

  proxy(nodeId: number): TcpProxy {
    const proxy = this.proxies[nodeId];
    if (proxy === undefined) throw new Error(`there is no broker ${nodeId}`);
    return proxy;
  }

  /** Kills one broker at a time: with two brokers down nothing can be written, which tests nothing about clients. */
  killBroker(nodeId: number, downMs: number): Promise<void> {
    this.brokerFault = this.brokerFault.then(() => this.killOne(nodeId, downMs));
    return this.brokerFault;
  }

  async stop(): Promise<void> {
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
    await discard(this.platform);
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
