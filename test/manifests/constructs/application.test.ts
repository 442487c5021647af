import { Application, type ApplicationProps } from '../../../src/components/application/application';
import { applicationsOf } from '../../../src/components/application/applications';
import { applicationsSchema } from '../../../src/components/application/props';
import { NOT_RENDERED, made, named, testProps, type TestedProps } from '../../support/construct';
import {
  OTHER_PULL_SECRETS,
  OTHER_REGISTRY,
  OTHER_SCHEDULING,
  clusterConfig,
  runtime,
  otherListeners,
  registry,
  scheduling,
  topic,
  SAME_SECURITY,
} from '../../support/construct-props';

const applications = applicationsSchema.parse({ reader: { image: 'reader:1', registry: true } });
const [application] = applicationsOf({ applications });
if (application === undefined) throw new Error('there is no application');
const { brokers, guard, monitoring } = clusterConfig;
const props: ApplicationProps = { ...clusterConfig, runtime, registry, scheduling, application };

const tested: TestedProps<ApplicationProps> = {
  name: ['invoices', 'name: invoices-reader'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: OTHER_PULL_SECRETS,
  imageRegistry: OTHER_REGISTRY,
  clusterDomain: ['cluster.other', 'orders-bootstrap.shop.svc.cluster.other'],
  brokers: [{ ...brokers, listeners: otherListeners }, 'svc.cluster.test:9999'],
  security: SAME_SECURITY,
  // Props of the cluster, of which an application needs only the addresses.
  guard: [{ ...guard, port: 9999 }, NOT_RENDERED],
  runtime: [{ image: 'runtime:2' }, NOT_RENDERED],
  topics: [[topic], NOT_RENDERED],
  monitoring: [{ ...monitoring, clientPort: 9555 }, 'containerPort: 9555'],
  registry: [{ ...registry, provider: 'confluent' }, 'http://orders-registry.shop.svc.cluster.test:8081'],
  scheduling: OTHER_SCHEDULING,
  application: [{ ...application, image: 'reader:2' }, 'image: reader:2'],
};

testProps(Application, props, tested);

it('is a Deployment, and a disruption budget if it has several replicas', () => {
  expect(named(made(Application, props).objects)).toEqual(['Deployment orders-reader']);
  const several = made(Application, { ...props, application: { ...application, replicas: 2 } });
  expect(named(several.objects)).toEqual(['Deployment orders-reader', 'PodDisruptionBudget orders-reader']);
});
