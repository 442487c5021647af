import { LiveConfig, type LiveConfigProps } from '../../../src/components/kafka-cluster/live-config';
import { firstPool } from '../../../tools/support/first-pool';
import { NOT_RENDERED, made, testProps, type TestedProps } from '../../support/construct';
import { clusterConfig, topic, SAME_SECURITY } from '../../support/construct-props';

const pool = firstPool(clusterConfig.brokers);
const data = { ...pool, name: 'data', firstId: 10, roles: ['broker' as const] };
const brokers = { ...clusterConfig.brokers, nodePools: [pool, data] };
const { guard, monitoring } = clusterConfig;
const props: LiveConfigProps = { ...clusterConfig, brokers };

const tested: TestedProps<LiveConfigProps> = {
  name: ['invoices', 'name: invoices-broker-live'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  clusterDomain: ['cluster.other', 'svc.cluster.other'],
  imagePullSecrets: [['registry-credentials'], NOT_RENDERED],
  imageRegistry: ['registry.example/mirror', NOT_RENDERED],
  brokers: [{ ...brokers, metadataVersion: '4.2-IV1' }, '4.2-IV1'],
  security: SAME_SECURITY,
  guard: [{ ...guard, port: 9555 }, '"guardPort": 9555'],
  monitoring: [{ ...monitoring, brokerPort: 9555 }, NOT_RENDERED],
  topics: [[{ ...topic, name: 'other' }], NOT_RENDERED],
};

testProps(LiveConfig, props, tested);

it('changes in place, under the name that pods are told', () => {
  const { construct, objects } = made(LiveConfig, props);
  expect(objects.map(({ metadata, immutable }) => [metadata.name, immutable])).toEqual([[construct.name, undefined]]);
});

it('lists the brokers that are no controllers', () => {
  const [{ data: files } = {}] = made(LiveConfig, props).objects;
  const listed = JSON.parse(files?.['brokers.json'] ?? '') as readonly { readonly id: number }[];
  expect(listed.map(({ id }) => id)).toEqual([10, 11, 12]);
});
