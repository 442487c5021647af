/** One value of a metric. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number | bigint;
}

/** A metric with all of its samples. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  /** Type of the metric. @default gauge */
  readonly type?: 'counter';
  readonly samples: readonly Sample[];
}

/** Content type of Prometheus' text format. */
export const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

/**
 * Metrics in Prometheus' text format. Samples without a value are omitted. Source:
 * https://prometheus.io/docs/instrumenting/exposition_formats
 */
export const exposition = (metrics: readonly Metric[]): string =>
  metrics
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, help, type = 'gauge', samples }) => [
      `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`,
      ...samples.map(({ labels, value }) => `${name}${labelled(labels)} ${value}\n`),
    ])
    .join('');

function labelled(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string => value.replace(/[\\"\n]/g, (character) => ESCAPES[character] ?? character);
