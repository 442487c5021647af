import { z } from 'zod';
import { dnsLabel, dnsName, duration, image, millicores, pattern, port, size } from '../validation/fields';
import { days, gibibytes, hours, mebibytes, seconds } from '../validation/units';
import { DEFAULT_RUNBOOKS } from './runbooks';

const prometheusSchema = z.strictObject({
  /** Container image. */
  image: image().default('prom/prometheus:v3.13.5'),
  /** Retention time of samples. Samples are deleted earlier if they exceed the space. */
  retentionMs: duration({ min: hours(1), max: days(3_650) }).default(days(15)),
  /** Size of the volume claim; samples may use four fifths of it. */
  size: size({ min: gibibytes(1), max: gibibytes(16_384) }).default(gibibytes(20)),
  /** Storage class of the claim. @default the cluster's default storage class */
  storageClass: dnsName().optional(),
  /** Memory request and limit. */
  memory: size({ min: mebibytes(256), max: gibibytes(256) }).default(gibibytes(1)),
  /** CPU request. */
  cpuMillicores: millicores({ min: 10, max: 32_000 }).default(200),
});

/**
 * Groups that tools create and abandon: Kafka's console consumers, and Apicurio, which creates a group at each start.
 */
const TOOLS = ['^console-(share-)?consumer-', '^apicurio-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'];

const lagExporterSchema = z.strictObject({
  /** The platform's own exporter, or kafka-exporter. Both use the same metric names. */
  provider: z.enum(['platform', 'kafka-exporter']).meta({ allowed: 'platform or kafka-exporter' }).default('platform'),
  /**
   * Regular expressions of group names. Matching groups have no lag metrics, no alerts and no row on the status page;
   * `[]` includes all groups. The default excludes the groups of Kafka's console consumers and of Apicurio.
   */
  ignoreGroups: z.array(pattern()).default(TOOLS),
  /** Container image of kafka-exporter. */
  image: image().default('danielqsj/kafka-exporter:v1.10.0'),
  /** Port of the exporter's metrics. */
  port: port().default(9308),
  /** Memory request and limit. */
  memory: size({ min: mebibytes(64), max: gibibytes(8) }).default(mebibytes(192)),
  /** CPU request. */
  cpuMillicores: millicores({ min: 1, max: 8_000 }).default(20),
});

const operatorSchema = z.strictObject({
  /** Namespace of the Prometheus that may scrape this platform. */
  namespace: dnsLabel().default('monitoring'),
  /** Labels that the operator's Prometheus requires on its objects, such as `{ release: 'kube-prometheus-stack' }`. */
  labels: z
    .record(
      z.string().min(1).meta({ allowed: 'the key of a label' }),
      z.string().meta({ allowed: 'the value of a label' }),
    )
    .default({}),
});

/** Metrics, alert rules and dashboards. */
export const monitoringSchema = z.strictObject({
  /**
   * `prometheus`: a Prometheus of the platform with its alert rules. `operator`: objects for the Prometheus operator of
   * the Kubernetes cluster. `none`: no Prometheus and no rules; brokers and exporters still serve their metrics.
   */
  mode: z
    .enum(['prometheus', 'operator', 'none'])
    .meta({ allowed: 'prometheus, operator or none' })
    .default('prometheus'),
  /** Scrape interval. */
  scrapeIntervalMs: duration({ min: seconds(1), max: seconds(120) }).default(seconds(15)),
  /** Port of each broker's metrics. */
  brokerPort: port().default(9404),
  /**
   * Port of the metrics of clients with the label `kafka-platform/metrics: "true"`, including the platform's
   * applications.
   */
  clientPort: port().default(9464),
  /** The Prometheus of the platform. */
  prometheus: prometheusSchema.prefault({}),
  /** The Prometheus operator of the Kubernetes cluster. */
  operator: operatorSchema.prefault({}),
  /** The consumer lag exporter. */
  lagExporter: lagExporterSchema.prefault({}),
  /**
   * Base address of the runbooks. The annotation `runbook_url` of each alert is this address followed by `/<alert>.md`.
   * The default is the runbook folder in the repository named by `package.json` (`repository`), or its path in a
   * checkout if no repository is named.
   */
  runbookUrl: z
    .string()
    // Prometheus would interpret braces as a template.
    .regex(/^[^\s{}]*[^\s{}/]$/, 'this is not the address of a folder')
    .meta({
      allowed:
        'an address without spaces, braces and a slash at its end, such as https://git.example.com/kafka/blob/main/docs/runbooks',
    })
    .default(DEFAULT_RUNBOOKS),
  /** Whether dashboards are rendered as ConfigMaps for the sidecar of Grafana's Helm chart. */
  dashboards: z.boolean().meta({ allowed: 'true or false' }).default(true),
});

/** With every default applied. */
export type MonitoringProps = z.output<typeof monitoringSchema>;
