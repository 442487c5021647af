import { KafkaUi, type KafkaUiProps } from '../../../src/components/kafka-ui/kafka-ui';
import type { UiProps } from '../../../src/components/kafka-ui/props';
import { mebibytes } from '../../../src/validation/units';
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
const ui: UiProps = { enabled: true, readOnly: true, image: 'ui:1', memory: mebibytes(768), cpuMillicores: 100 };
const props: KafkaUiProps = { ...clusterConfig, runtime, registry, scheduling, ui };

const tested: TestedProps<KafkaUiProps> = {
  name: ['invoices', 'name: invoices-ui'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  clusterDomain: ['cluster.other', 'orders-bootstrap.shop.svc.cluster.other'],
  brokers: [{ ...brokers, listeners: otherListeners }, 'svc.cluster.test:9999'],
  security: SAME_SECURITY,
  // Props of the cluster, of which the UI needs only the addresses.
  guard: [{ ...guard, port: 9999 }, NOT_RENDERED],
  runtime: [{ image: 'runtime:2' }, NOT_RENDERED],
  topics: [[topic], NOT_RENDERED],
  monitoring: [{ ...monitoring, brokerPort: 9555 }, '"9555"'],
  registry: [{ ...registry, provider: 'confluent' }, 'http://orders-registry.shop.svc.cluster.test:8081'],
  scheduling: OTHER_SCHEDULING,
  ui: [{ ...ui, image: 'ui:2' }, 'image: ui:2'],
};

testProps(KafkaUi, props, tested);

it('has an address', () => {
  const { construct, objects } = made(KafkaUi, props);
  expect(named(objects)).toEqual(['Deployment orders-ui', 'Service orders-ui']);
  expect(construct.url).toBe('http://orders-ui.shop.svc.cluster.test:8080');
});
