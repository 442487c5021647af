import { withPool } from '../../../tools/support/config';
import { KafkaCluster, type KafkaClusterProps } from '../../../src/components/kafka-cluster/kafka-cluster';
import { minutes } from '../../../src/validation/units';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import { OTHER_PULL_SECRETS, OTHER_REGISTRY, clusterConfig, topic, SAME_SECURITY } from '../../support/construct-props';

const { brokers, guard, monitoring } = clusterConfig;

const tested: TestedProps<KafkaClusterProps> = {
  name: ['invoices', 'name: invoices-bootstrap'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  clusterDomain: ['cluster.other', 'svc.cluster.other:9093'],
  brokers: [withPool(brokers, { cpuMillicores: 777 }), 'cpu: 777m'],
  security: SAME_SECURITY,
  guard: [{ ...guard, port: 9999 }, 'containerPort: 9999'],
  monitoring: [{ ...monitoring, brokerPort: 9555 }, 'containerPort: 9555'],
  topics: [[{ ...topic, retentionMs: minutes(10) }], 'log.retention.check.interval.ms=150000'],
};

testProps(KafkaCluster, clusterConfig, tested);

it('is a StatefulSet with its files, its two Services and a disruption budget', () => {
  const { construct, objects } = made(KafkaCluster, clusterConfig);
  expect(named(objects).map((name) => name.replace(/-[0-9a-f]{10}$/, ''))).toEqual([
    'Service orders-broker-headless',
    'Service orders-bootstrap',
    'ConfigMap orders-broker-live',
    'ConfigMap orders-broker-config',
    'StatefulSet orders-broker',
    'PodDisruptionBudget orders-broker',
  ]);
  expect(construct.bootstrapServers).toBe('orders-bootstrap.shop.svc.cluster.test:9092');
});
