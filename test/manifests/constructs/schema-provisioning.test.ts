import { SchemaProvisioning, type SchemaProvisioningProps } from '../../../src/components/schemas/schema-provisioning';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import { OTHER_PULL_SECRETS, OTHER_REGISTRY, OTHER_SCHEDULING, clientPodConfig } from '../../support/construct-props';

const props: SchemaProvisioningProps = { ...clientPodConfig, configMaps: ['config'], subjects: '["orders-value"]\n' };

const tested: TestedProps<SchemaProvisioningProps> = {
  name: ['invoices', 'name: invoices-schemas'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  runtime: [{ image: 'runtime:2' }, 'image: runtime:2'],
  scheduling: OTHER_SCHEDULING,
  configMaps: [['config', 'config-2'], 'name: config-2'],
  subjects: ['["invoices-value"]\n', '["invoices-value"]'],
};

testProps(SchemaProvisioning, props, tested);

it('is a ConfigMap with the subjects, and a Job that registers them', () => {
  const { construct, objects } = made(SchemaProvisioning, props);
  const [map, job] = named(objects);
  expect(map).toBe('ConfigMap orders-schemas');
  expect(job).toMatch(/^Job orders-schemas-[0-9a-f]{10}$/);
  expect(construct.subjectsMaps).toEqual(['orders-schemas']);
});
