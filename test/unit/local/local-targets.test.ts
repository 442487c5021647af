import { parseConfig } from '../../../src/platform/load';
import { withCatalogue } from '../../../tools/support/with-catalogue';
import { applicationsOf } from '../../../src/components/application/applications';
import { localLayout } from '../../../src/components/kafka-cluster/local-layout';
import { localTargets } from '../../../src/local/local-targets';
import { servicePortNames, type ServicePorts } from '../../../src/platform/local-service-ports';
import type { Scrape } from '../../../src/components/component';
import { scraped } from '../../../src/components/derived';
import { componentsOf } from '../../../src/platform/components';

const config = parseConfig(withCatalogue.local);
const NAMES = applicationsOf(config).map(({ name }) => name);
const layout = localLayout(config, {
  ports: [0, 1, 2].map((id) => [9_000 + id, 9_100 + id, 9_200 + id, 9_300 + id] as const),
  directory: (id) => `/state/broker-${id}`,
});
const ports = Object.fromEntries(
  servicePortNames(config).map((name, index) => [name, index + 1]),
) as unknown as ServicePorts;
const targets = localTargets(config, { layout, ports, registry: true, applications: NAMES });
const byJob = (all: readonly Scrape[]) => new Map(all.map((target) => [target.job, target]));

describe('the targets of a local Prometheus', () => {
  it('include the brokers’ own ports, each with its label', () => {
    expect(byJob(targets).get('kafka')?.targets).toEqual(
      [0, 1, 2].map((id) => ({ address: `127.0.0.1:${9_300 + id}`, labels: { broker: String(id) } })),
    );
  });

  it('have the jobs, paths and labels of Kubernetes except for the guards, so that rules and dashboards fit both', () => {
    const inKubernetes = byJob(scraped(componentsOf(config)).map(({ metrics }) => metrics));
    for (const { job, path, targets: some = [] } of targets) {
      expect([job, path]).toEqual([job, inKubernetes.get(job)?.path]);
      const labels = inKubernetes.get(job)?.targets?.map((one) => one.labels);
      if (labels !== undefined) expect(some.map((one) => one.labels)).toEqual(labels);
    }
    const absent = [...inKubernetes.keys()].filter((job) => !byJob(targets).has(job));
    expect(absent).toEqual(['guard']);
  });

  it('include running applications as clients, each with its own port', () => {
    const clients = byJob(targets)
      .get('clients')
      ?.targets?.map(({ address }) => address);
    expect(clients).toEqual(NAMES.map((name) => `127.0.0.1:${ports[name]}`));
    expect(new Set(clients).size).toBe(NAMES.length);
    expect(byJob(localTargets(config, { layout, ports, registry: true, applications: [] })).has('clients')).toBe(false);
  });

  it('do not include a registry that is left out', () => {
    expect(byJob(localTargets(config, { layout, ports, registry: false, applications: [] })).has('registry')).toBe(
      false,
    );
  });
});
