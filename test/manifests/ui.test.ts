import { loadConfig } from '../../tools/support/environments';
import { kindWith } from '../../tools/support/config';
import { container, find, renderObjects } from '../../tools/support/manifests';

const config = loadConfig('kind');

const envOf = (of: typeof config): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    (container(find(renderObjects(of), 'Deployment', 'kafka-ui')).env ?? []).map(({ name, value }) => [name, value]),
  );

describe('Kafka UI', () => {
  it('is read-only, does not check its version online, and accepts no settings at run time', () => {
    expect(envOf(config)).toMatchObject({
      KAFKA_CLUSTERS_0_READONLY: 'true',
      GITHUB_RELEASE_INFO_ENABLED: 'false',
      DYNAMIC_CONFIG_ENABLED: 'false',
    });
  });

  it('has the name of the cluster, its brokers and their metrics', () => {
    expect(envOf(config)).toMatchObject({
      KAFKA_CLUSTERS_0_NAME: config.name,
      KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: 'kafka-bootstrap.kafka.svc.cluster.local:9092',
      KAFKA_CLUSTERS_0_METRICS_TYPE: 'PROMETHEUS',
      KAFKA_CLUSTERS_0_METRICS_PORT: '9404',
    });
  });

  it('can be given write access', () => {
    expect(envOf(kindWith({ ui: { readOnly: false } }))['KAFKA_CLUSTERS_0_READONLY']).toBe('false');
  });

  it('is reachable only inside the cluster', () => {
    expect(find(renderObjects(config), 'Service', 'kafka-ui').spec['type']).toBeUndefined();
    expect(renderObjects(config).filter(({ kind }) => kind === 'Ingress')).toEqual([]);
  });

  it('can be left out, with its policy', () => {
    const objects = renderObjects(kindWith({ ui: { enabled: false } }));
    expect(objects.filter(({ metadata }) => metadata.name === 'kafka-ui')).toEqual([]);
  });
});
