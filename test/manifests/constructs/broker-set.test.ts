import { firstPool } from '../../../tools/support/first-pool';
import { BrokerSet, type BrokerSetProps } from '../../../src/components/kafka-cluster/broker-set';
import { NOT_RENDERED, made, named, testProps, type TestedProps } from '../../support/construct';
import { OTHER_PULL_SECRETS, OTHER_REGISTRY, clusterConfig, topic, SAME_SECURITY } from '../../support/construct-props';

const { brokers, guard, monitoring } = clusterConfig;
const paths = { config: '/etc/files', live: '/etc/live', scratch: '/scratch', metricsReporter: '/opt/reporter' };
const configMaps = { config: 'files-a1', live: 'files-in-place' };
const pool = firstPool(brokers);
const props: BrokerSetProps = { ...clusterConfig, pool, paths, configMaps };

const tested: TestedProps<BrokerSetProps> = {
  name: ['invoices', 'name: invoices-broker'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  // Pods read the cluster's names, addresses and topics from their files.
  clusterDomain: ['cluster.other', NOT_RENDERED],
  topics: [[topic], NOT_RENDERED],
  pool: [{ ...pool, replicas: 5 }, 'replicas: 5'],
  brokers: [{ ...brokers, version: '4.3.0' }, 'image: apache/kafka:4.3.0'],
  security: SAME_SECURITY,
  guard: [{ ...guard, image: 'guard:2' }, 'image: guard:2'],
  monitoring: [{ ...monitoring, brokerPort: 9555 }, 'containerPort: 9555'],
  configMaps: [{ ...configMaps, config: 'files-b2' }, 'name: files-b2'],
  paths: [{ ...paths, metricsReporter: '/opt/other' }, 'mountPath: /opt/other'],
};

testProps(BrokerSet, props, tested);

it('is one StatefulSet', () => {
  expect(named(made(BrokerSet, props).objects)).toEqual(['StatefulSet orders-broker']);
});
