import { loadConfig } from '../../../src/config/load';
import { SAMPLE_NAMES } from '../../../src/config/samples';
import { seconds } from '../../../src/config/units';
import { STOP_MS } from '../../../src/embedded/local-process';
import { sampleService } from '../../../src/embedded/sample-service';
import { localLayout } from '../../../src/render/local-layout';
import { samplesOf } from '../../../src/render/samples';
import { SERVICE_PORTS, type ServicePorts } from '../../../src/render/service-ports';

const config = loadConfig('local');
const ports = Object.fromEntries(SERVICE_PORTS.map((name, index) => [name, 5_000 + index])) as unknown as ServicePorts;
const layout = localLayout(config, {
  ports: [0, 1, 2].map((id) => [9_000 + id, 9_100 + id, 9_200 + id, 9_300 + id] as const),
  directory: (id) => `/state/broker-${id}`,
});
const bootstrap = ['127.0.0.1:9000', '127.0.0.1:9001'];

const serviceOf = (name: string, shutdownMs = config.samples.shutdownMs) => {
  const sample = samplesOf(config).find((one) => one.name === name);
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  const place = {
    config: { ...config, samples: { ...config.samples, shutdownMs } },
    layout,
    bootstrap,
    ports,
    directory: (service: string) => `/state/${service}`,
  };
  const registry = 'http://127.0.0.1:8081';
  return sampleService(place, { sample, registry, canRun: () => Promise.resolve(true) });
};

describe('a sample as a local process', () => {
  it.each(SAMPLE_NAMES)('%s runs its own program, and is told where it is and what it is called', (name) => {
    const { url, process: parts } = serviceOf(name);
    expect(parts.args.at(-1)).toMatch(new RegExp(`/src/workloads/${name}\\.ts$`));
    expect(parts.env).toMatchObject({
      KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9000,127.0.0.1:9001',
      SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081',
      SERVICE_PORT: String(ports[name]),
      INSTANCE: name,
    });
    expect(url).toBe(`http://127.0.0.1:${ports[name]}/metrics`);
  });

  it('is told a rate only when it writes on its own', () => {
    const rated = SAMPLE_NAMES.filter((name) => serviceOf(name).process.env?.['EVENTS_PER_SECOND'] !== undefined);
    expect(rated).toEqual(['order-service', 'page-view-generator']);
  });

  it.each([seconds(1), seconds(20), seconds(600)])('that may take %d ms to end does so before it is killed', (own) => {
    const told = Number(serviceOf('email', own).process.env?.['SHUTDOWN_MS']);
    expect(told).toBeLessThanOrEqual(own);
    expect(told).toBeLessThan(STOP_MS);
  });
});
