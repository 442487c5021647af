import { z } from 'zod';
import { dnsLabel, dnsName, duration, image, port, size, wholeNumber } from './fields';
import { days, gibibytes, hours, mebibytes, seconds } from './units';

const prometheusSchema = z.strictObject({
  /** @default prom/prometheus:v3.13.5 */
  image: image().default('prom/prometheus:v3.13.5'),
  /** How long samples are kept, unless their size ends it earlier. @default 15 d */
  retentionMs: duration({ min: hours(1), max: days(3_650) }).default(days(15)),
  /** Size of the volume claim; samples may fill four fifths of it. @default 20 GiB */
  size: size({ min: gibibytes(1), max: gibibytes(16_384) }).default(gibibytes(20)),
  /** @default the cluster's default storage class */
  storageClass: dnsName().optional(),
  /** Memory request and limit. @default 1 GiB */
  memory: size({ min: mebibytes(256), max: gibibytes(256) }).default(gibibytes(1)),
  /** CPU request in thousandths of a core. @default 200 */
  cpuMillicores: wholeNumber({ min: 10, max: 32_000 }).default(200),
});

const lagExporterSchema = z.strictObject({
  /** The platform's own, or the one whose names of metrics it has. @default platform */
  provider: z.enum(['platform', 'kafka-exporter']).meta({ allowed: 'platform or kafka-exporter' }).default('platform'),
  /** Of kafka-exporter. @default danielqsj/kafka-exporter:v1.10.0 */
  image: image().default('danielqsj/kafka-exporter:v1.10.0'),
  /** @default 9308 */
  port: port().default(9308),
  /** Memory request and limit. @default 192 MiB */
  memory: size({ min: mebibytes(64), max: gibibytes(8) }).default(mebibytes(192)),
  /** CPU request in thousandths of a core. @default 20 */
  cpuMillicores: wholeNumber({ min: 1, max: 8_000 }).default(20),
});

const operatorSchema = z.strictObject({
  /** Namespace whose Prometheus may scrape this one. @default monitoring */
  namespace: dnsLabel().default('monitoring'),
  /** Labels by which that Prometheus selects its objects, such as `{ release: 'kube-prometheus-stack' }`. @default none */
  labels: z
    .record(
      z.string().min(1).meta({ allowed: 'the key of a label' }),
      z.string().meta({ allowed: 'the value of a label' }),
    )
    .default({}),
});

/** Metrics, rules and dashboards. */
export const monitoringSchema = z.strictObject({
  /**
   * `prometheus`: one of our own, with its rules. `operator`: objects for the Prometheus operator that the cluster has.
   * `none`: nothing is rendered, brokers and exporters still serve their metrics. @default prometheus
   */
  mode: z
    .enum(['prometheus', 'operator', 'none'])
    .meta({ allowed: 'prometheus, operator or none' })
    .default('prometheus'),
  /** Time between two scrapes. @default 15 s */
  scrapeIntervalMs: duration({ min: seconds(1), max: seconds(120) }).default(seconds(15)),
  /** Port of each broker's metrics. @default 9404 */
  brokerPort: port().default(9404),
  /** Port on which clients that are labelled `kafka-platform/metrics: "true"` serve theirs, samples among them. @default 9464 */
  clientPort: port().default(9464),
  prometheus: prometheusSchema.prefault({}),
  operator: operatorSchema.prefault({}),
  lagExporter: lagExporterSchema.prefault({}),
  /** ConfigMaps that Grafana's sidecar takes for dashboards. @default true */
  dashboards: z.boolean().meta({ allowed: 'true or false' }).default(true),
});
