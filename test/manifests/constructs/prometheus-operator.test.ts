import {
  PrometheusOperator,
  type PrometheusOperatorProps,
} from '../../../src/components/prometheus/prometheus-operator';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import { monitoring, naming, queue } from '../../support/construct-props';

const props: PrometheusOperatorProps = { ...naming, monitoring, components: [] };
const labels = { release: 'kube-prometheus-stack' };

const tested: TestedProps<PrometheusOperatorProps> = {
  name: ['invoices', 'name: invoices-alerts'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  monitoring: [{ ...monitoring, operator: { ...monitoring.operator, labels } }, 'release: kube-prometheus-stack'],
  components: [[queue], 'name: orders-queue'],
};

testProps(PrometheusOperator, props, tested);

it('is a monitor for each component with metrics, and one set of rules', () => {
  const { objects } = made(PrometheusOperator, { ...props, components: [queue] });
  expect(named(objects)).toEqual(['PodMonitor orders-queue', 'PrometheusRule orders-alerts']);
});
