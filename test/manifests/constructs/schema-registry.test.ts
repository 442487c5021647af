import { SchemaRegistry, type SchemaRegistryProps } from '../../../src/components/schema-registry/schema-registry';
import { NOT_RENDERED, made, named, testProps, type TestedProps } from '../../support/construct';
import {
  OTHER_PULL_SECRETS,
  OTHER_REGISTRY,
  OTHER_SCHEDULING,
  clusterConfig,
  runtime,
  registry,
  scheduling,
  topic,
  otherListeners,
  SAME_SECURITY,
} from '../../support/construct-props';

const { brokers, guard, monitoring } = clusterConfig;
const props: SchemaRegistryProps = { ...clusterConfig, runtime, registry, scheduling, configMaps: ['config'] };

const tested: TestedProps<SchemaRegistryProps> = {
  name: ['invoices', 'name: invoices-registry'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  clusterDomain: ['cluster.other', 'orders-bootstrap.shop.svc.cluster.other'],
  brokers: [{ ...brokers, listeners: otherListeners }, 'svc.cluster.test:9999'],
  security: SAME_SECURITY,
  // Props of the cluster, of which the registry needs only the address.
  guard: [{ ...guard, port: 9999 }, NOT_RENDERED],
  monitoring: [{ ...monitoring, brokerPort: 9999 }, NOT_RENDERED],
  topics: [[topic], NOT_RENDERED],
  runtime: [{ image: 'runtime:2' }, 'image: runtime:2'],
  registry: [{ ...registry, replicas: 2 }, 'replicas: 2'],
  scheduling: OTHER_SCHEDULING,
  configMaps: [['config', 'config-2'], 'name: config-2'],
};

testProps(SchemaRegistry, props, tested);

it.each([
  ['apicurio', 'http://orders-registry.shop.svc.cluster.test:8080/apis/ccompat/v7', ['Service orders-registry-pods']],
  ['confluent', 'http://orders-registry.shop.svc.cluster.test:8081', []],
] as const)('has the address of %s', (provider, url, pods) => {
  const { construct, objects } = made(SchemaRegistry, { ...props, registry: { ...registry, provider } });
  expect(construct.url).toBe(url);
  expect(named(objects)).toEqual(['Deployment orders-registry', 'Service orders-registry', ...pods]);
});

it('is refused if the configuration has none', () => {
  expect(() => made(SchemaRegistry, { ...props, registry: { ...registry, provider: 'none' } })).toThrow(
    /registry\.provider is 'none'[^]*apicurio and confluent[^]*fix: set registry\.provider/,
  );
});
