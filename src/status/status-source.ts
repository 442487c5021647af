import type { Platform } from '../config/load';
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

/** Pause between two readings of the brokers. */
const INTERVAL_MS = 5_000;

/** Registry and Prometheus change more slowly, and reading every schema is dearer. */
const SLOW_INTERVAL_MS = 15_000;

/** Without a byte, after which a broker counts as silent. */
const TIMEOUT_MS = 2_000;

/** How far the throughput reaches back. */
const HISTORY_MS = 10 * 60_000;

/** Where the status comes from. */
export interface StatusSourceProps {
  readonly config: Platform;
  /** `host:port` of every broker, in the order of node ids. */
  readonly bootstrap: readonly string[];
  /** URL of the schema registry with its base path. @default schemas are left out */
  readonly registry?: string | undefined;
  /** URL of Prometheus. @default alerts are left out */
  readonly prometheus?: string | undefined;
}

/** Reads the platform at its own pace, however many look, and keeps what it read last. */
export class StatusSource {
  private brokers: Part<readonly BrokerStatus[]> = PENDING;
  private cluster: Part<ClusterStatus> = PENDING;
  private schemas: Part<readonly SubjectStatus[]> = PENDING;
  private alerts: Part<readonly AlertStatus[]> = PENDING;
  private readonly throughput = new Throughput(HISTORY_MS / INTERVAL_MS);
  private stops: readonly (() => void)[] = [];

  constructor(private readonly props: StatusSourceProps) {
    const { registry, prometheus } = props;
    if (registry === undefined) this.schemas = leftOut('no schema registry runs with this platform');
    if (prometheus === undefined) this.alerts = leftOut('no Prometheus runs with this platform');
  }

  /** What was read last. */
  get status(): Status {
    const { name, brokers } = this.props.config;
    const parts = { brokers: this.brokers, cluster: this.cluster, schemas: this.schemas, alerts: this.alerts };
    return {
      now: Date.now(),
      intervalMs: INTERVAL_MS,
      name,
      kafkaVersion: brokers.version,
      clusterId: brokers.quorum.clusterId,
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
    const { config, bootstrap } = this.props;
    const views = await brokerViews(bootstrap, TIMEOUT_MS);
    try {
      const reading = await readCluster(views, TIMEOUT_MS);
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
