import { FormatConfig, type FormatConfigProps } from '../../../src/components/kafka-cluster/format-config';
import { NOT_RENDERED, made, testProps, type TestedProps } from '../../support/construct';
import { clusterConfig, naming } from '../../support/construct-props';

const { brokers } = clusterConfig;
const props: FormatConfigProps = { ...naming, brokers };

const tested: TestedProps<FormatConfigProps> = {
  name: ['invoices', 'name: invoices-broker-format'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  clusterDomain: ['cluster.other', NOT_RENDERED],
  brokers: [{ ...brokers, metadataVersion: '4.2-IV1' }, '4.2-IV1'],
};

testProps(FormatConfig, props, tested);

it('changes in place, under the name that pods are told', () => {
  const { construct, objects } = made(FormatConfig, props);
  expect(objects.map(({ metadata, immutable }) => [metadata.name, immutable])).toEqual([[construct.name, undefined]]);
});
