import { Prometheus, type PrometheusProps } from '../../../src/components/prometheus/prometheus';
import { made, named, testProps, NOT_RENDERED, type TestedProps } from '../../support/construct';
import {
  OTHER_PULL_SECRETS,
  OTHER_REGISTRY,
  OTHER_SCHEDULING,
  monitoring,
  naming,
  queue,
  scheduling,
} from '../../support/construct-props';

const props: PrometheusProps = { ...naming, monitoring, scheduling, components: [] };

const tested: TestedProps<PrometheusProps> = {
  name: ['invoices', 'name: invoices-prometheus'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  // Part of its own address, which is an output; components pass theirs.
  clusterDomain: ['cluster.other', NOT_RENDERED],
  monitoring: [{ ...monitoring, clientPort: 9999 }, 'port: 9999'],
  scheduling: OTHER_SCHEDULING,
  components: [[queue], 'queue:9999'],
};

testProps(Prometheus, props, tested);

it('has an address', () => {
  const { construct, objects } = made(Prometheus, props);
  expect(named(objects)).toEqual([
    'ConfigMap orders-prometheus',
    'StatefulSet orders-prometheus',
    'Service orders-clients',
    'Service orders-prometheus',
  ]);
  expect(construct.url).toBe('http://orders-prometheus.shop.svc.cluster.test:9090');
});
