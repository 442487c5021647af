import { NetworkPolicies, type NetworkPoliciesProps } from '../../../src/components/network-policies/network-policies';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import { naming, queue } from '../../support/construct-props';

const dns = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, ports: [53], cidrs: [] };
const props: NetworkPoliciesProps = { ...naming, network: { dns }, components: [] };

const tested: TestedProps<NetworkPoliciesProps> = {
  name: ['invoices', 'name: invoices-default-deny'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  network: [{ dns: { ...dns, ports: [5353] } }, 'port: 5353'],
  components: [[queue], 'name: orders-queue'],
};

testProps(NetworkPolicies, props, tested);

it('denies everything except DNS if there are no connections', () => {
  expect(named(made(NetworkPolicies, props).objects)).toEqual([
    'NetworkPolicy orders-default-deny',
    'NetworkPolicy orders-dns',
  ]);
});
