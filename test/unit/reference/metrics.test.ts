import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ClientMetrics } from '../../../src/client';
import { guardMetrics } from '../../../src/components/kafka-cluster/guard/guard-metrics';
import { CatalogueWatch } from '../../../src/components/lag-exporter/catalogue-watch';
import { clusterMetrics } from '../../../src/components/lag-exporter/metrics';
import { Scraper } from '../../../src/components/lag-exporter/scraper';

const page = readFileSync('docs/reference/metrics.md', 'utf8');
const documented = (name: string): boolean => page.includes(`| \`${name}\` | `);

const say = (): void => undefined;

describe('the page of metrics', () => {
  it('has every metric of a cluster, including those without a sample in its example', () => {
    const names = clusterMetrics({ brokers: 0, topics: [], groups: [], problems: [] }).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !documented(name))).toEqual([]);
  });

  it('has every metric of the lag exporter itself', async () => {
    const { metrics } = {
      metrics: await new Scraper({ read: () => Promise.reject(new Error('no broker')), say }).metrics(),
    };
    const watch = new CatalogueWatch({ plan: () => Promise.resolve([]), say });
    const names = [...metrics.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    expect(names.length).toBe(3);
    expect([...names, ...watch.metrics().map(({ name }) => name)].filter((name) => !documented(name))).toEqual([]);
  });

  it('has every metric of the guard', () => {
    const names = guardMetrics({
      heldUp: undefined,
      catchUp: undefined,
      passes: { stop: 0, 'catch-up': 0 },
      stopsInSpite: [],
    }).map(({ name }) => name);
    expect(names.length).toBe(7);
    expect(names.filter((name) => !documented(name))).toEqual([]);
  });

  it('has every metric of clients, with its type', async () => {
    const metrics = await new ClientMetrics().registry.getMetricsAsJSON();
    expect(metrics.length).toBeGreaterThan(10);
    expect(metrics.filter(({ name, type }) => !page.includes(`| \`${name}\` | ${String(type)} | `))).toEqual([]);
  });

  it('covers all programs: only clients define metrics otherwise than in the text format', () => {
    const { stdout } = spawnSync('grep', ['-rlE', "from 'prom-client'|# TYPE", 'src'], { encoding: 'utf8' });
    const files = stdout.split('\n').filter((file) => file !== '' && !file.startsWith('src/client/metrics/'));
    expect(files).toEqual(['src/monitoring/exposition.ts']);
  });
});
