import { BrokerConfig, type BrokerConfigProps } from '../../../src/components/kafka-cluster/broker-config';
import { minutes } from '../../../src/validation/units';
import { NOT_RENDERED, made, testProps, type TestedProps } from '../../support/construct';
import { clusterConfig, topic } from '../../support/construct-props';

const { brokers, guard, monitoring } = clusterConfig;
const paths = { config: '/etc/files', scratch: '/scratch', metricsReporter: '/opt/reporter' };
const props: BrokerConfigProps = { ...clusterConfig, paths };

const tested: TestedProps<BrokerConfigProps> = {
  name: ['invoices', 'name: invoices-broker-config'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: [['registry-credentials'], NOT_RENDERED],
  clusterDomain: ['cluster.other', 'svc.cluster.other:9093'],
  brokers: [{ ...brokers, ioThreads: 17 }, 'num.io.threads=17'],
  guard: [{ ...guard, stopWaitMs: minutes(3) }, '"stopWaitMs": 180000'],
  // Image of the guards, which is in no file.
  runtime: [{ image: 'runtime:2' }, NOT_RENDERED],
  monitoring: [{ ...monitoring, brokerPort: 9555 }, ':9555'],
  topics: [[{ ...topic, retentionMs: minutes(10) }], 'log.retention.check.interval.ms=150000'],
  paths: [{ ...paths, scratch: '/other' }, '/other'],
};

testProps(BrokerConfig, props, tested);

it('has another hash if brokers must read another file, and the same if only new volumes must', () => {
  const hash = (changed: Partial<BrokerConfigProps>) => made(BrokerConfig, { ...props, ...changed }).construct.hash;
  expect(hash({ brokers: { ...brokers, ioThreads: 17 } })).not.toBe(hash({}));
  expect(hash({ brokers: { ...brokers, metadataVersion: '4.2-IV1' } })).toBe(hash({}));
});
