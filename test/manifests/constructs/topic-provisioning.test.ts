import type { ProvisioningProps } from '../../../src/components/topics/provisioning-props';
import { TopicProvisioning, type TopicProvisioningProps } from '../../../src/components/topics/topic-provisioning';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import {
  OTHER_PULL_SECRETS,
  OTHER_REGISTRY,
  OTHER_SCHEDULING,
  clientPodConfig,
  topic,
} from '../../support/construct-props';

const provisioning: ProvisioningProps = {
  allowPartitionGrowth: [],
  delete: [],
  allowDataLoss: [],
  ignoreSettings: [],
};
const props: TopicProvisioningProps = { ...clientPodConfig, provisioning, topics: [topic], configMaps: ['config'] };

const nameOf = (changed: Partial<TopicProvisioningProps>): string =>
  named(made(TopicProvisioning, { ...props, ...changed }).objects).join();

const allowed: ProvisioningProps = { ...provisioning, delete: ['orders'] };
const grown = [{ ...topic, partitions: 12 }];

const tested: TestedProps<TopicProvisioningProps> = {
  name: ['invoices', 'name: invoices-topics-'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  runtime: [{ image: 'runtime:2' }, 'image: runtime:2'],
  scheduling: OTHER_SCHEDULING,
  topics: [grown, nameOf({ topics: grown }).replace('Job ', '')],
  provisioning: [allowed, nameOf({ provisioning: allowed }).replace('Job ', '')],
  configMaps: [['config', 'config-2'], 'name: config-2'],
};

testProps(TopicProvisioning, props, tested);

it('is one Job, whose name changes with the catalogue', () => {
  expect(nameOf({})).toMatch(/^Job orders-topics-[0-9a-f]{10}$/);
  expect(nameOf({ topics: grown })).not.toBe(nameOf({}));
});
