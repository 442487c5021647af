import { environments } from '../../platform/environments';
import { kindWith, withPool } from '../../tools/support/config';
import { find, mountedConfigMap, podTemplate, renderObjects } from '../../tools/support/manifests';

const ANY_APPLICATION = { name: 'reader', image: 'registry.example/reader:1' };

/** The pod of a pool of brokers with changes, and the properties of its first broker. */
function rendered(change: Parameters<typeof withPool>[1]) {
  const objects = renderObjects(kindWith({ brokers: withPool(environments.kind.brokers, change) }));
  const set = find(objects, 'StatefulSet', 'kafka-broker');
  const { spec } = podTemplate(set);
  const properties = mountedConfigMap(objects, set, 'config').data?.['pool.properties'] ?? '';
  return { spec, properties };
}

describe('a pool of brokers', () => {
  it('with preferred anti-affinity shares nodes only where there are too few', () => {
    const { podAntiAffinity } = rendered({ scheduling: { podAntiAffinity: 'preferred' } }).spec['affinity'] as {
      podAntiAffinity: object;
    };
    expect(podAntiAffinity).toMatchObject({
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
      ],
    });
    expect(podAntiAffinity).not.toHaveProperty('requiredDuringSchedulingIgnoredDuringExecution');
  });

  it('is kept even over zones where the environment says that its nodes have them', () => {
    const { spec } = rendered({ scheduling: { zoneSpread: 'DoNotSchedule' } });
    expect(spec['topologySpreadConstraints']).toMatchObject([
      { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' },
    ]);
  });

  it('without a zone has no rack, and clients read from leaders', () => {
    const { spec, properties } = rendered({});
    expect(spec).not.toHaveProperty('nodeSelector');
    expect(properties).not.toMatch(/rack|replica\.selector/);
  });

  it('with a zone runs there, is the rack of its brokers, and lets consumers read from replicas of their rack', () => {
    const { spec, properties } = rendered({ zone: 'eu-1a', scheduling: { nodeSelector: { pool: 'kafka' } } });
    expect(spec['nodeSelector']).toEqual({ pool: 'kafka', 'topology.kubernetes.io/zone': 'eu-1a' });
    expect(spec).not.toHaveProperty('topologySpreadConstraints');
    expect(properties).toMatch(/^broker\.rack=eu-1a$/m);
    expect(properties).toMatch(
      /^replica\.selector\.class=org\.apache\.kafka\.common\.replica\.RackAwareReplicaSelector$/m,
    );
  });

  it('with a zone still keeps its brokers on different nodes', () => {
    expect(rendered({ zone: 'eu-1a' }).spec['affinity']).toHaveProperty(
      'podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution',
    );
  });
});

it('an application with a zone runs there, and is told the rack that it reads from', () => {
  const { name, ...application } = ANY_APPLICATION;
  const config = kindWith({
    scheduling: { nodeSelector: { pool: 'shared' } },
    applications: { [name]: { ...application, zone: 'eu-1a' } },
  });
  const template = podTemplate(find(renderObjects(config), 'Deployment', `kafka-${name}`));
  expect(template.spec['nodeSelector']).toEqual({ pool: 'shared', 'topology.kubernetes.io/zone': 'eu-1a' });
  expect(template.spec.containers[0]?.env).toContainEqual({ name: 'KAFKA_RACK_ID', value: 'eu-1a' });
});
