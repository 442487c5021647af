import { withPool } from '../../../tools/support/config';
import { firstPool } from '../../../tools/support/first-pool';
import { environments } from '../../../platform/environments';
import { PUBLISHED_CLUSTER_IDS } from '../../../src/components/kafka-cluster/published-cluster-ids';
import { parseConfig } from '../../../src/platform/load';
import { LOADED, claim, config, formed, node, object, told, kind } from '../../support/cluster-facts';

describe('a cluster is accepted', () => {
  it('that has sidecars, a default storage class, the image on every worker and no other data', () => {
    expect(told({})).toBe('');
  });

  it('that already contains the data of this cluster', () => {
    const id = config.brokers.clusterId;
    expect(told(formed({ claims: [claim('data-kafka-broker-0', { 'kafka-platform/cluster-id': id })] }))).toBe('');
  });

  it('without a default storage class, if an existing one is named', () => {
    const storage = { ...firstPool(kind.brokers).storage, storageClass: 'fast' };
    const named = parseConfig({
      ...kind,
      brokers: withPool(kind.brokers, { storage }),
      monitoring: { prometheus: { storageClass: 'fast' } },
    });
    expect(told({ storageClasses: [object('fast')] }, named)).toBe('');
    expect(told({ storageClasses: [object('slow')] }, named)).toMatch(/no such storage class.*slow/);
  });

  it('without the image, if its name includes a registry', () => {
    const pulled = parseConfig({
      ...kind,
      guard: { image: 'registry.example/guard:1' },
      runtime: { image: 'registry.example/runtime:1' },
      applications: {},
    });
    expect(told({ nodes: [node('worker', [])] }, pulled)).toBe('');
  });

  it('whose nodes have more images than they report', () => {
    const many = Array.from({ length: 50 }, (_, index) => `image-${index}:1`);
    expect(told({ nodes: [node('worker', many)] })).toBe('');
  });

  it('of the oldest Kubernetes with sidecars', () => {
    expect(told({ minor: 29 })).toBe('');
  });

  it.each(['NoSchedule', 'NoExecute'])('without the image on a node that accepts no pods: %s', (effect) => {
    expect(told({ nodes: [node('worker', LOADED), node('worker2', [], effect)] })).toBe('');
  });

  it('without the image on a node that is cordoned', () => {
    const cordoned = { ...node('worker2', []), spec: { unschedulable: true } };
    expect(told({ nodes: [node('worker', LOADED), cordoned] })).toBe('');
  });
});

describe('an id that is published with the project', () => {
  it('is refused by clusters that are not short-lived', () => {
    expect(told({ context: 'production' })).toMatch(/^brokers\.clusterId: this id is published.*new-cluster-id/);
  });

  it.each(['kindergarten', 'team-kind-1'])('is refused by a cluster that only sounds like kind: %s', (context) => {
    expect(told({ context })).toMatch(/this id is published/);
  });

  const made = (providerID: string) => {
    const { spec, ...rest } = node('worker', LOADED);
    return { nodes: [{ ...rest, spec: { ...spec, providerID } }] };
  };

  it('is refused by a cluster with nodes of another provider, whatever the name of its context', () => {
    expect(told({ context: 'kind-test', ...made('aws:///eu-central-1a/i-0a') })).toMatch(/this id is published/);
    expect(told({ context: 'test', ...made('kind://docker/kind/kind-worker') })).toBe('');
  });

  it.each([
    ['of others of its components', {}],
    ['of another cluster', { 'kafka-platform/cluster-id': 'q1Sh-9_ISia_zwGINzRvyQ' }],
  ])('is refused if there are only claims %s', (_whose, annotations) => {
    const claims = [claim('data-kafka-prometheus-0', annotations)];
    expect(told({ context: 'production', claims })).toMatch(/this id is published/);
  });

  it('does not concern a cluster with its own id', () => {
    const clusterId = 'q1Sh-9_ISia_zwGINzRvyQ';
    const own = parseConfig({ ...kind, brokers: { ...kind.brokers, clusterId } });
    expect(told({ context: 'production' }, own)).toBe('');
  });

  it('is accepted by a cluster that was formed with it', () => {
    const id = config.brokers.clusterId;
    const claims = [claim('data-kafka-broker-0', { 'kafka-platform/cluster-id': id })];
    expect(told(formed({ context: 'production', claims }))).toBe('');
  });

  it.each(Object.entries(environments))('is that of %s', (_name, { brokers }) => {
    expect(PUBLISHED_CLUSTER_IDS.has(brokers.clusterId)).toBe(true);
  });
});

describe('a Secret for pulling images', () => {
  const named = parseConfig({ ...kind, imagePullSecrets: ['mirror', 'registry'] });

  it('has to be there', () => {
    expect(told({ secrets: ['registry', 'other'] }, named)).toMatch(
      /^imagePullSecrets\.0: namespace kafka of kind-test has no such Secret: .*; registry, other; create it .* mirror /,
    );
    expect(told({ secrets: ['registry', 'mirror'] }, named)).toBe('');
  });

  it('is taken for there where Secrets may not be read', () => {
    expect(told({}, named)).toBe('');
  });
});

describe('a PriorityClass', () => {
  const named = parseConfig({ ...kind, scheduling: { priorityClassName: 'high' } });

  it('has to be there', () => {
    expect(told({ priorityClasses: [object('low')] }, named)).toMatch(
      /^scheduling\.priorityClassName: kind-test has no such/,
    );
    expect(told({ priorityClasses: [object('high')] }, named)).toBe('');
  });

  it.each(['broker', 'controller'])('of the pool %s has to be there as well', (pool) => {
    const index = kind.brokers.nodePools.findIndex(({ name }) => name === pool);
    const scheduling = { priorityClassName: 'data' };
    const ofPool = parseConfig({ ...kind, brokers: withPool(kind.brokers, { scheduling }, pool) });
    const says = told({ priorityClasses: [object('high')] }, ofPool).split('\n');
    expect(says).toEqual([
      expect.stringMatching(
        new RegExp(
          `^brokers\\.nodePools\\.${index}\\.scheduling\\.priorityClassName: kind-test has no such .*; high; `,
        ),
      ),
    ]);
  });

  it('is not missed where classes may not be read', () => {
    expect(told({}, named)).toBe('');
  });
});

describe('zones', () => {
  const inZones = [node('worker', LOADED), node('worker2', LOADED)].map((one) => ({
    ...one,
    metadata: { ...one.metadata, labels: { 'topology.kubernetes.io/zone': 'a' } },
  }));

  it.each([
    ['zone', { zone: 'a' }],
    ['scheduling.zoneSpread', { scheduling: { zoneSpread: 'DoNotSchedule' as const } }],
  ])('of nodes have to be there for the setting %s', (setting, pool) => {
    const needing = parseConfig({ ...kind, brokers: withPool(kind.brokers, pool) });
    expect(told({}, needing)).toMatch(
      new RegExp(`^brokers\\.nodePools\\.0\\.${setting}: no node of kind-test has the label .* stay Pending`),
    );
    expect(told({ nodes: inZones }, needing)).toBe('');
  });

  it('may come with the nodes that an autoscaler adds', () => {
    const elsewhere = parseConfig({ ...kind, brokers: withPool(kind.brokers, { zone: 'b' }) });
    expect(told({ nodes: inZones }, elsewhere)).toBe('');
  });
});

describe('a cluster is refused', () => {
  it.each([
    ['that is too old for sidecars', { minor: 28 }, /^kind-test: version: .*1\.29 or newer/],
    [
      'without a storage class',
      { storageClasses: [] },
      /^brokers\.nodePools\.0\.storage\.storageClass: .*no default storage class.*the cluster has none/,
    ],
    [
      'whose storage classes are none by default',
      { storageClasses: [object('standard')] },
      /no default storage class.*; standard; /,
    ],
    [
      'whose only storage class says that it is not the default',
      { storageClasses: [object('standard', { 'storageclass.kubernetes.io/is-default-class': 'false' })] },
      /no default storage class.*; standard; /,
    ],
    [
      'without a storage class for its controllers',
      { storageClasses: [] },
      /^brokers\.nodePools\.1\.storage\.storageClass: .*the volumes of the controllers would never be created/m,
    ],
    [
      'that holds the data of another',
      formed({ claims: [claim('data-kafka-broker-0', { 'kafka-platform/cluster-id': 'AnotherClustersIdABCDg' })] }),
      /^brokers\.clusterId: .*data of cluster 'AnotherClustersIdABCDg' \(data-kafka-broker-0\)/,
    ],
    [
      'one of whose workers lacks the image',
      { nodes: [node('worker', LOADED), node('worker2', [])] },
      /^guard\.image: .*not on worker2 of kind-test: no broker would start.*kind load docker-image.*\n(.*\n)*runtime\.image: .*not on worker2 of kind-test: no topic/m,
    ],
    [
      'one of whose workers lacks the image of applications, which is told once',
      { nodes: [node('worker', LOADED), node('worker2', [config.guard.image, config.runtime.image])] },
      /^applications\.order-service\.image: .*not on worker2 of kind-test: order-service would not start; .*kind load docker-image catalogue-applications:\S+ --name <cluster>; or push it and set applications\.order-service\.image$/,
    ],
    [
      'where pods are only preferred elsewhere, and the image is missing',
      { nodes: [node('worker', LOADED), node('worker2', [], 'PreferNoSchedule')] },
      /^guard\.image: .*not on worker2 of kind-test/,
    ],
    [
      'that has an image whose name only ends like this one’s',
      { nodes: [node('worker', [`docker.io/library/my-${config.runtime.image}`])] },
      /^runtime\.image: .*not on worker of kind-test/m,
    ],
  ])('%s', (_, override, says) => {
    expect(told(override)).toMatch(says);
  });

  it('for everything at once', () => {
    const claims = [claim('data-kafka-broker-0', { 'kafka-platform/cluster-id': 'AnotherClustersIdABCDg' })];
    const says = told(formed({ minor: 28, storageClasses: [], nodes: [node('worker', [])], claims }));
    expect(says.split('\n').map((line) => line.split(': ')[0])).toEqual([
      'kind-test',
      'brokers.nodePools.0.storage.storageClass',
      'brokers.nodePools.1.storage.storageClass',
      'monitoring.prometheus.storageClass',
      'brokers.clusterId',
      'guard.image',
      'runtime.image',
      'applications.order-service.image',
    ]);
  });
});
