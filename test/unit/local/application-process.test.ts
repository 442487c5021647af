import { connectionTo } from '../../support/connection-to';
import { parseConfig } from '../../../src/platform/load';
import { withCatalogue } from '../../../tools/support/with-catalogue';
import { applicationsOf } from '../../../src/components/application/applications';
import { seconds } from '../../../src/validation/units';
import { STOP_MS } from '../../../src/processes/local-process';
import { applicationProcess } from '../../../src/local/application-process';
import { localLayout } from '../../../src/components/kafka-cluster/local-layout';
import { servicePortNames, type ServicePorts } from '../../../src/platform/local-service-ports';

const config = parseConfig(withCatalogue.local);
const ports = Object.fromEntries(
  servicePortNames(config).map((name, index) => [name, 5_000 + index]),
) as unknown as ServicePorts;
const layout = localLayout(config, {
  ports: [0, 1, 2].map((id) => [9_000 + id, 9_100 + id, 9_200 + id, 9_300 + id] as const),
  directory: (id) => `/state/broker-${id}`,
});
const connection = connectionTo('127.0.0.1:9000', '127.0.0.1:9001');

const NAMES = applicationsOf(config).map(({ name }) => name);

const serviceOf = (name: string, change: object = {}) => {
  const application = applicationsOf(config).find((one) => one.name === name);
  if (application === undefined) throw new Error(`there is no application ${name}`);
  const place = {
    config,
    layout,
    connection,
    connectionOf: () => connection,
    ports,
    directory: (service: string) => `/state/${service}`,
  };
  const registry = 'http://127.0.0.1:8081';
  return applicationProcess(place, {
    application: { ...application, ...change },
    registry,
    canRun: () => Promise.resolve(true),
  });
};

describe('an application as a local process', () => {
  it.each(NAMES)('%s runs its own program, with its address and its name', (name) => {
    const { url, process: parts } = serviceOf(name);
    expect([parts.program, ...parts.args]).toEqual([process.execPath, `${name}.js`]);
    expect(parts.env).toMatchObject({
      KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9000,127.0.0.1:9001',
      SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081',
      SERVICE_PORT: String(ports[name]),
      INSTANCE: name,
    });
    expect(url).toBe(`http://127.0.0.1:${ports[name]}/metrics`);
  });

  it('with a zone is told the rack that it reads from', () => {
    expect(serviceOf('email', { zone: 'eu-1a' }).process.env).toMatchObject({ KAFKA_RACK_ID: 'eu-1a' });
    expect(serviceOf('email').process.env).not.toHaveProperty('KAFKA_RACK_ID');
  });

  it('gets a rate only if it writes on its own', () => {
    const rated = NAMES.filter((name) => serviceOf(name).process.env?.['EVENTS_PER_SECOND'] !== undefined);
    expect(rated).toEqual(['order-service']);
  });

  it.each([seconds(1), seconds(20), seconds(600)])('with a shutdown time of %d ms ends before it is killed', (own) => {
    const told = Number(serviceOf('email', { shutdownMs: own }).process.env?.['SHUTDOWN_MS']);
    expect(told).toBeLessThanOrEqual(own);
    expect(told).toBeLessThan(STOP_MS);
  });
});
