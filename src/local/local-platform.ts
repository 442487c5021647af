import { nodesOf, nodesText } from '../components/kafka-cluster/nodes';
import type { KafkaConnection } from '../protocol/connection';
import type { Platform } from '../platform/load';
import { CLIENT_IDS } from '../protocol/client-ids';
import type { Progress } from '../console/progress';
import type { BrokerNode, ClusterLayout } from '../components/kafka-cluster/layout';
import { guardSettings } from '../components/kafka-cluster/guard/settings';
import { QuorumReader } from '../components/kafka-cluster/guard/quorum-reader';
import { localLayout } from '../components/kafka-cluster/local-layout';
import { servicePortNames, type ServicePorts } from '../platform/local-service-ports';
import { BrokerProcess } from './broker-process';
import { chooseLocalPorts, type LocalPorts } from './ports';
import { brokerArguments, prepareBrokers, type Runtime } from './prepare';
import { identify } from '../processes/processes';
import { startOrder } from './start-order';
import { prepareCertificates } from './security/certificates';
import { adminConnection } from './security/connections';
import { StateDirectory } from './state';
import { startWatchdog, type Watchdog } from '../processes/watchdog';

/** Time limit for a start on a busy machine; an idle one takes about 7 s. */
const READY_MS = 120_000;

interface LocalPlatformProps {
  readonly config: Platform;
  readonly runtime: Runtime;
  readonly progress: Progress;
  /** Called when a broker ends without having been stopped. */
  readonly onCrash?: (error: Error) => void;
}

/** The brokers of a configuration as processes of this machine. */
export class LocalPlatform {
  /** Connection of an administrator, with the client id of the start command. */
  readonly connection: KafkaConnection;
  /** Stops the brokers and services if this process dies. */
  readonly watchdog: Watchdog = startWatchdog();
  private readonly brokers = new Map<number, BrokerProcess>();
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly props: LocalPlatformProps,
    private readonly directory: StateDirectory,
    private readonly at: {
      readonly layout: ClusterLayout;
      readonly ports: LocalPorts;
      readonly unlock: () => void;
    },
  ) {
    this.connection = adminConnection({ ...props, ...at, directory }, CLIENT_IDS.start);
  }

  /**
   * Starts every broker and waits until all accept clients.
   * @throws {UserError} with one reason, after stopping all started brokers
   */
  static async start(props: LocalPlatformProps): Promise<LocalPlatform> {
    const { config, runtime, progress } = props;
    const directory = new StateDirectory(config);
    directory.create();
    const unlock = directory.lock();
    try {
      const { ports: brokers = [], servicePorts: services } = directory.read() ?? {};
      const kept = { brokers, ...(services && { services }) };
      const ports = await chooseLocalPorts({
        brokers: nodesOf(config.brokers).length,
        services: servicePortNames(config),
        basePort: config.local.basePort,
        kept,
      });
      const layout = localLayout(config, { ports: ports.brokers, directory: directory.broker });
      if (config.security.mode === 'tls')
        await prepareCertificates({ name: config.name, layout, directory: directory.certificates });
      await prepareBrokers({ config, layout, runtime, directory: directory.broker });
      const platform = new LocalPlatform(props, directory, { layout, ports, unlock });
      await progress.step(nodesText(config.brokers), () => platform.startAll());
      return platform;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** Addresses and directories of the brokers. */
  get layout(): ClusterLayout {
    return this.at.layout;
  }

  /** Ports of the local processes other than brokers. */
  get servicePorts(): ServicePorts {
    return this.at.ports.services;
  }

  get nodeIds(): readonly number[] {
    return this.at.layout.nodes.map(({ id }) => id);
  }

  /** Process id of a running broker. */
  pid(nodeId: number): number | undefined {
    return this.brokers.get(nodeId)?.pid;
  }

  /** Starts a broker that was stopped and waits until it accepts clients. */
  async startBroker(nodeId: number): Promise<void> {
    const broker = this.spawn(this.node(nodeId));
    this.record(true);
    await broker.accepting(READY_MS);
  }

  /** Stops one broker in an orderly way. */
  async stopBroker(nodeId: number): Promise<void> {
    const broker = this.brokers.get(nodeId);
    if (broker === undefined) return;
    this.brokers.delete(nodeId);
    await broker.stop();
    this.watchdog.forget(broker.pid);
    this.record(true);
  }

  /** Stops all brokers; a second call waits for the first. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async startAll(): Promise<void> {
    try {
      const { first, joining } = startOrder(this.at.layout.nodes);
      const started = first.map((node) => this.spawn(node));
      this.record(false);
      if (joining.length > 0) await this.untilLeader(started);
      for (const node of joining) this.spawn(node);
      this.record(false);
      await Promise.all([...this.brokers.values()].map((broker) => broker.accepting(READY_MS)));
      this.record(true);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private async untilLeader(nodes: readonly BrokerProcess[]): Promise<void> {
    const quorum = new QuorumReader(guardSettings(this.props.config, this.at.layout), this.connection);
    await Promise.all(nodes.map((node) => node.until(() => quorum.hasLeader(), READY_MS)));
  }

  private async stopAll(): Promise<void> {
    const all = [...this.brokers.values()];
    this.brokers.clear();
    // A broker that stops hands its partitions over through the controllers.
    for (const some of [all.filter(({ isBroker }) => isBroker), all.filter(({ isBroker }) => !isBroker)])
      await Promise.all(some.map((node) => node.stop()));
    for (const { pid } of all) this.watchdog.forget(pid);
    this.watchdog.close();
    this.directory.update({ supervisor: undefined, brokers: {}, ready: false, services: undefined });
    this.at.unlock();
  }

  private spawn(node: BrokerNode): BrokerProcess {
    const { config, runtime } = this.props;
    const prepared = { config, runtime, layout: this.at.layout, directory: this.directory.broker };
    const broker = new BrokerProcess({
      node,
      java: runtime.java,
      args: brokerArguments(prepared, node),
      logFile: this.directory.log(node.id),
    });
    this.watchdog.watch(broker.pid);
    this.brokers.set(node.id, broker);
    void broker.exit.then((how) => this.ended(broker, how));
    return broker;
  }

  /** A broker that is no longer listed was stopped on purpose. */
  private ended(broker: BrokerProcess, how: string): void {
    if (this.brokers.get(broker.nodeId) !== broker) return;
    this.brokers.delete(broker.nodeId);
    this.watchdog.forget(broker.pid);
    this.record(true);
    this.props.onCrash?.(broker.crash(how));
  }

  private node(nodeId: number): BrokerNode {
    const node = this.at.layout.nodes.find(({ id }) => id === nodeId);
    if (node === undefined) throw new Error(`there is no node ${nodeId}; there are ${this.nodeIds.join(', ')}`);
    return node;
  }

  private record(ready: boolean): void {
    this.directory.update({
      ports: this.at.ports.brokers.map(([...own]) => own),
      servicePorts: this.at.ports.services,
      supervisor: identify(process.pid),
      brokers: Object.fromEntries([...this.brokers].map(([id, { pid }]) => [String(id), identify(pid)])),
      ready,
    });
  }
}
