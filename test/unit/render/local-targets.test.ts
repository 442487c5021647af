import { loadConfig } from '../../../src/config/load';
import { SAMPLE_NAMES } from '../../../src/config/samples';
import { localLayout } from '../../../src/render/local-layout';
import { localTargets } from '../../../src/render/local-targets';
import { SERVICE_PORTS, type ServicePorts } from '../../../src/render/service-ports';
import { kubernetesTargets, type ScrapeTargets } from '../../../src/render/scrape-targets';

const config = loadConfig('local');
const layout = localLayout(config, {
  ports: [0, 1, 2].map((id) => [9_000 + id, 9_100 + id, 9_200 + id, 9_300 + id] as const),
  directory: (id) => `/state/broker-${id}`,
});
const ports = Object.fromEntries(SERVICE_PORTS.map((name, index) => [name, index + 1])) as unknown as ServicePorts;
const targets = localTargets(config, { layout, ports, registry: true, samples: SAMPLE_NAMES });
const byJob = (all: readonly ScrapeTargets[]) => new Map(all.map((target) => [target.job, target]));

describe('what a local Prometheus scrapes', () => {
  it('are the brokers’ own ports, each with its label', () => {
    expect(byJob(targets).get('kafka')?.targets).toEqual(
      [0, 1, 2].map((id) => ({ address: `127.0.0.1:${9_300 + id}`, labels: { broker: String(id) } })),
    );
  });

  it('has the jobs, paths and labels of Kubernetes, so that rules and dashboards hold for both', () => {
    const inKubernetes = byJob(kubernetesTargets(config));
    for (const { job, path, targets: some = [] } of targets) {
      expect([job, path]).toEqual([job, inKubernetes.get(job)?.path]);
      const labels = inKubernetes.get(job)?.targets?.map((one) => one.labels);
      if (labels !== undefined) expect(some.map((one) => one.labels)).toEqual(labels);
    }
    const absent = [...inKubernetes.keys()].filter((job) => !byJob(targets).has(job));
    expect(absent).toEqual([]);
  });

  it('has the samples that run among the clients, each at a port of its own', () => {
    const clients = byJob(targets)
      .get('clients')
      ?.targets?.map(({ address }) => address);
    expect(clients).toEqual(SAMPLE_NAMES.map((name) => `127.0.0.1:${ports[name]}`));
    expect(new Set(clients).size).toBe(SAMPLE_NAMES.length);
    expect(byJob(localTargets(config, { layout, ports, registry: true, samples: [] })).has('clients')).toBe(false);
  });

  it('does not look for a registry that is left out', () => {
    expect(byJob(localTargets(config, { layout, ports, registry: false, samples: [] })).has('registry')).toBe(false);
  });
});
