import { SmokeTest, type SmokeTestProps } from '../../../src/components/smoke-test/smoke-test-job';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import { OTHER_PULL_SECRETS, OTHER_REGISTRY, OTHER_SCHEDULING, clientPodConfig } from '../../support/construct-props';

const props: SmokeTestProps = { ...clientPodConfig, smoke: {}, configMaps: ['config'] };

const tested: TestedProps<SmokeTestProps> = {
  name: ['invoices', 'name: invoices-smoke'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  runtime: [{ image: 'runtime:2' }, 'image: runtime:2'],
  scheduling: OTHER_SCHEDULING,
  smoke: [{ schedule: '17 * * * *' }, 'schedule: 17 * * * *'],
  configMaps: [['config', 'config-2'], 'name: config-2'],
  subjectsMaps: [['subjects'], 'name: subjects'],
};

testProps(SmokeTest, props, tested);

it('is a CronJob that does not run on its own', () => {
  const { objects } = made(SmokeTest, props);
  expect(named(objects)).toEqual(['CronJob orders-smoke']);
  expect(objects[0]?.spec).toMatchObject({ suspend: true });
});
