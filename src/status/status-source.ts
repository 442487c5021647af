import type { KafkaConnection } from '../protocol/connection';
import type { Platform } from '../platform/load';
import type { BrokerNode } from '../components/kafka-cluster/layout';
import { LogMemory } from '../components/lag-exporter/log-memory';
import { brokerViews } from './broker-views';
import { brokerStatuses, clusterStatus } from './cluster-status';
import { PENDING, firstLine, known, missed, renewed, type Part } from './part';
import { readAlerts } from './read-alerts';
import { readCluster } from './read-cluster';
import { readSchemas } from './read-schemas';
import { repeatedly } from './repeatedly';
import type { AlertStatus, BrokerStatus, ClusterStatus, Status, SubjectStatus } from './status';
import { Throughput } from './throughput';
import { verdictOf } from './verdict';

/** Pause between readings of the brokers. */
const INTERVAL_MS = 5_000;

/** Registry and Prometheus change more slowly, and reading all schemas is more expensive. */
const SLOW_INTERVAL_MS = 15_000;

/** Time without data after which a broker counts as silent. */
const TIMEOUT_MS = 2_000;

/** Period of the throughput history. */
const HISTORY_MS = 10 * 60_000;

/** Sources of the status. */
export interface StatusSourceProps {
  readonly config: Platform;
  readonly connection: KafkaConnection;
  /** All brokers. */
  readonly nodes: readonly BrokerNode[];
  /** URL of the schema registry including its base path. @default schemas are omitted */
  readonly registry?: string | undefined;
  /** URL of Prometheus. @default alerts are omitted */
  readonly prometheus?: string | undefined;
}

/** Reads the platform at a fixed interval, independent of the number of viewers, and keeps the last result. */
export class StatusSource {
  private brokers: Part<readonly BrokerStatus[]> = PENDING;
  private cluster: Part<ClusterStatus> = PENDING;
  private schemas: Part<readonly SubjectStatus[]> = PENDING;
  private alerts: Part<readonly AlertStatus[]> = PENDING;
  private readonly throughput = new Throughput(HISTORY_MS / INTERVAL_MS);
  private readonly memory = new LogMemory();
  private stops: readonly (() => void)[] = [];

  constructor(private readonly props: StatusSourceProps) {
    const { registry, prometheus } = props;
    if (registry === undefined) this.schemas = leftOut('no schema registry runs with this platform');
    if (prometheus === undefined) this.alerts = leftOut('no Prometheus runs with this platform');
  }

  /** The last result. */
  get status(): Status {
    const { name, brokers } = this.props.config;
    const parts = { brokers: this.brokers, cluster: this.cluster, schemas: this.schemas, alerts: this.alerts };
    return {
      now: Date.now(),
      intervalMs: INTERVAL_MS,
      name,
      kafkaVersion: brokers.version,
      clusterId: brokers.clusterId,
      verdict: verdictOf(parts),
      ...parts,
      throughput: this.throughput.points,
    };
  }

  start(): void {
    this.stops = [
      repeatedly(() => this.readBrokers(), INTERVAL_MS),
      repeatedly(() => this.readBeside(), SLOW_INTERVAL_MS),
    ];
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  private async readBrokers(): Promise<void> {
    const { config, connection, nodes } = this.props;
    const { ignoreGroups } = config.monitoring.lagExporter;
    const views = await brokerViews(connection, nodes, TIMEOUT_MS);
    try {
      const reading = await readCluster(connection, views, {
        timeoutMs: TIMEOUT_MS,
        ignoreGroups,
        memory: this.memory,
      });
      this.throughput.take(
        reading.topics.filter(({ isInternal }) => !isInternal),
        reading.at,
      );
      this.cluster = known(clusterStatus(reading, config, this.throughput), reading.at);
      this.brokers = known(brokerStatuses(views, reading, config));
    } catch (error) {
      this.cluster = missed(this.cluster, firstLine(error));
      this.brokers = known(brokerStatuses(views, undefined, config));
    }
  }

  private async readBeside(): Promise<void> {
    const { registry, prometheus } = this.props;
    [this.schemas, this.alerts] = await Promise.all([
      registry === undefined ? this.schemas : renewed(this.schemas, () => readSchemas(registry, TIMEOUT_MS)),
      prometheus === undefined ? this.alerts : renewed(this.alerts, () => readAlerts(prometheus, TIMEOUT_MS)),
    ]);
  }
}

const leftOut = (reason: string): Part<never> => ({ kind: 'left-out', reason });
