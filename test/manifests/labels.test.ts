import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { componentsOf } from '../../src/platform/components';
import { POOL_LABEL, ROLE_LABELS } from '../../src/components/kafka-cluster/labels';
import { KAFKA_CLUSTER } from '../../src/components/kafka-cluster/names';
import { CLIENT_LABEL, METRICS_LABEL } from '../../src/kubernetes/labels';
import { kindWith } from '../../tools/support/config';
import { find, podTemplate, podTemplates, renderObjects, type KubernetesObject } from '../../tools/support/manifests';

type Labels = Readonly<Record<string, string>>;

const NAME = 'app.kubernetes.io/name';
/** Labels of a selector beside the first; those of the nodes of a cluster tell pools and roles apart. */
const OF_NODES = [POOL_LABEL, ...Object.values(ROLE_LABELS)];

const SELECTING = ['app.kubernetes.io/component', 'app.kubernetes.io/instance', NAME];

const matches = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);

/** Selector of a Service, a workload or a disruption budget. */
function selectorOf({ kind, spec }: KubernetesObject): Labels | undefined {
  if (kind === 'Service') return spec['selector'] as Labels;
  if (!['Deployment', 'StatefulSet', 'PodDisruptionBudget'].includes(kind)) return undefined;
  return (spec['selector'] as { readonly matchLabels: Labels }).matchLabels;
}

describe.each(KUBERNETES_ENVIRONMENTS)('the labels of %s', (environment) => {
  const config = loadConfig(environment);
  const objects = renderObjects(config);
  const templates = podTemplates(objects).map(([, { metadata }]) => metadata.labels);
  const ofPlatform = objects.filter(({ kind }) => kind !== 'Namespace');

  it('contain the platform and its renderer, on every object', () => {
    for (const { kind, metadata } of ofPlatform)
      expect([kind, metadata.name, metadata.labels]).toEqual([
        kind,
        metadata.name,
        expect.objectContaining({
          'app.kubernetes.io/instance': config.name,
          'app.kubernetes.io/part-of': 'kafka-platform',
          'app.kubernetes.io/managed-by': 'cdk8s',
          [NAME]: expect.any(String) as string,
          'app.kubernetes.io/component': expect.any(String) as string,
        }),
      ]);
  });

  it.each([
    ['StatefulSet', 'broker', 'kafka'],
    ['StatefulSet', 'controller', 'kafka'],
    ['StatefulSet', 'prometheus', 'prometheus'],
    ['Deployment', 'registry', 'apicurio-registry'],
    ['Deployment', 'ui', 'kafka-ui'],
    ['Deployment', 'lag-exporter', 'kafka-lag-exporter'],
    ['CronJob', 'smoke', 'kafka-platform'],
    ['NetworkPolicy', 'registry', 'kafka-platform'],
  ])('contain the application of the %s %s: %s', (kind, name, application) => {
    expect(find(objects, kind, `${config.name}-${name}`).metadata.labels[NAME]).toBe(application);
  });

  it('select pods by values that no release changes, and match them', () => {
    for (const object of ofPlatform) {
      const selector = selectorOf(object);
      const name = `${object.kind} ${object.metadata.name}`;
      if (selector === undefined || matches(METRICS_LABEL, selector)) continue;
      const keys = Object.keys(selector).filter((key) => !OF_NODES.includes(key));
      expect([name, keys.sort()]).toEqual([name, SELECTING]);
      expect([name, templates.some((labels) => matches(selector, labels))]).toEqual([name, true]);
    }
  });

  it('are the pod labels that the components declare: the cluster has a template for each pool, any other component has one', () => {
    const { nodePools } = config.brokers;
    for (const { name, podLabels } of componentsOf(config).filter((one) => one.podLabels !== CLIENT_LABEL)) {
      const count = name === KAFKA_CLUSTER ? nodePools.length : 1;
      expect([name, templates.filter((labels) => matches(podLabels, labels)).length]).toEqual([name, count]);
    }
  });

  it.each([
    ['broker', [{ [POOL_LABEL]: 'broker', [ROLE_LABELS.broker]: 'true' }]],
    ['controller', [{ [POOL_LABEL]: 'controller', [ROLE_LABELS.controller]: 'true' }]],
  ] as const)('tell the pods of the pool %s, and no others, by pool and role', (pool, expected) => {
    const ofNodes = (labels: Labels) => Object.entries(labels).filter(([name]) => OF_NODES.includes(name));
    const found = templates
      .filter((labels) => labels[POOL_LABEL] === pool)
      .map((labels) => Object.fromEntries(ofNodes(labels)));
    expect(found).toEqual(expected);
  });
});

it.each([
  ['registry', { registry: { provider: 'confluent' } }, 'schema-registry'],
  ['lag-exporter', { monitoring: { lagExporter: { provider: 'kafka-exporter' } } }, 'kafka-exporter'],
])('the application of the %s is the configured one', (name, change, application) => {
  const deployment = find(renderObjects(kindWith(change)), 'Deployment', `kafka-${name}`);
  expect(deployment.metadata.labels[NAME]).toBe(application);
  expect(podTemplate(deployment).metadata.labels[NAME]).toBe(application);
});
