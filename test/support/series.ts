/** The response of an exporter: values by name and labels as written. */
export type Series = ReadonlyMap<string, number>;

/** The name of a series as written. */
export function named(name: string, labels: Readonly<Record<string, string | number>> = {}): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

/** @throws if a series occurs twice, which Prometheus would reject */
export function parseSeries(text: string): Series {
  const series = new Map<string, number>();
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const space = line.lastIndexOf(' ');
    const name = line.slice(0, space);
    if (series.has(name)) throw new Error(`${name} is there twice`);
    series.set(name, Number(line.slice(space + 1)));
  }
  return series;
}
