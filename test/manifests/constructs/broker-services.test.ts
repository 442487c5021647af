import { BrokerServices, type BrokerServicesProps } from '../../../src/components/kafka-cluster/broker-services';
import { NOT_RENDERED, made, named, testProps, type TestedProps } from '../../support/construct';
import { clusterConfig, naming, otherListeners } from '../../support/construct-props';

const { listeners } = clusterConfig.brokers;
const props: BrokerServicesProps = { ...naming, brokers: { listeners } };

const tested: TestedProps<BrokerServicesProps> = {
  name: ['invoices', 'name: invoices-bootstrap'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  // Part of names that are derived from a Service, which it does not contain itself.
  clusterDomain: ['cluster.other', NOT_RENDERED],
  brokers: [{ listeners: otherListeners }, 'port: 9999'],
};

testProps(BrokerServices, props, tested);

it('connects clients to ready brokers, and brokers to each other before they are ready', () => {
  const { objects } = made(BrokerServices, props);
  expect(named(objects)).toEqual(['Service orders-broker-headless', 'Service orders-bootstrap']);
  expect(objects.map(({ spec }) => spec['publishNotReadyAddresses'])).toEqual([true, undefined]);
});
