import { environmentSchemas, environments } from '../../platform/environments';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { applicationsOf } from '../../src/components/application/applications';
import { kindWith, withPool } from '../../tools/support/config';
import { namespaceMetadata } from '../../src/kubernetes/namespace';
import { podTemplates, renderObjects } from '../../tools/support/manifests';

/** Rules for every pod. */
it('every pod pulls its images with the configured Secrets, and with none by default', () => {
  const secrets = ['registry-credentials', 'mirror'];
  const withSecrets = kindWith({ imagePullSecrets: secrets });
  const kafkaExporter = kindWith({
    imagePullSecrets: secrets,
    monitoring: { lagExporter: { provider: 'kafka-exporter' } },
  });
  for (const [, { spec }] of [
    ...podTemplates(renderObjects(withSecrets)),
    ...podTemplates(renderObjects(kafkaExporter)),
  ])
    expect(spec['imagePullSecrets']).toEqual(secrets.map((name) => ({ name })));
  for (const [, { spec }] of podTemplates(renderObjects(kindWith({}))))
    expect(spec).not.toHaveProperty('imagePullSecrets');
});

describe.each(KUBERNETES_ENVIRONMENTS)('in %s', (environment) => {
  const config = loadConfig(environment);
  const objects = renderObjects(config);
  const templates = podTemplates(objects);
  const hasSchemas = environmentSchemas[environment].some(({ definitions }) => definitions.length > 0);

  it('the namespace admits only pods of the restricted standard', () => {
    expect(namespaceMetadata(config).labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('pods exist for brokers, controllers, other components, provisioning, the smoke test, and configured applications', () => {
    expect(templates.map(([name]) => name.replace(/-[0-9a-f]{10}$/, ''))).toEqual([
      `StatefulSet ${config.name}-broker`,
      `StatefulSet ${config.name}-controller`,
      `Job ${config.name}-topics`,
      `CronJob ${config.name}-smoke`,
      `Deployment ${config.name}-registry`,
      ...(hasSchemas ? [`Job ${config.name}-schemas`] : []),
      `Deployment ${config.name}-ui`,
      `Deployment ${config.name}-lag-exporter`,
      `StatefulSet ${config.name}-prometheus`,
      ...applicationsOf(config).map(({ name }) => `Deployment ${config.name}-${name}`),
    ]);
  });

  describe.each(templates)('the pod of %s', (_name, { spec }) => {
    const containers = [...(spec.initContainers ?? []), ...spec.containers];

    it('passes the restricted standard, with a numeric user', () => {
      expect(spec['securityContext']).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number) as number,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      });
    });

    it.each(containers)(
      'has a container $name that can neither write to its root file system nor gain privileges',
      ({ securityContext }) => {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      },
    );

    it.each(containers)('requests for $name the memory of its limit, and does not limit the CPU', ({ resources }) => {
      expect(resources.limits).toEqual({ memory: resources.requests['memory'] });
      expect(resources.requests['cpu']).toBeDefined();
    });

    it.each(containers)('keeps the end of the log of $name, from which deploy explains a failure', (container) => {
      expect(container).toMatchObject({ terminationMessagePolicy: 'FallbackToLogsOnError' });
    });

    it('has a size for each of its scratch directories', () => {
      const volumes = (spec['volumes'] ?? []) as readonly { emptyDir?: { sizeLimit?: string } }[];
      for (const { emptyDir } of volumes)
        expect([emptyDir, emptyDir?.sizeLimit]).toEqual([emptyDir, emptyDir && '1Gi']);
    });

    it('has no variables of Services and no token', () => {
      expect(spec).toMatchObject({ enableServiceLinks: false, automountServiceAccountToken: false });
    });

    it.each(containers)('pulls $name by a fixed tag, and only if it is missing', ({ image, ...rest }) => {
      expect(image).toMatch(/:[\w.-]+$|@sha256:/);
      expect(image).not.toMatch(/:latest$/);
      expect(rest).toMatchObject({ imagePullPolicy: 'IfNotPresent' });
    });
  });
});

describe('nodes', () => {
  const scheduling = {
    priorityClassName: 'platform',
    nodeSelector: { pool: 'shared' },
    tolerations: [{ key: 'pool', operator: 'Equal', value: 'shared', effect: 'NoSchedule' }],
  };
  const ofBrokers = {
    priorityClassName: 'data',
    nodeSelector: { pool: 'kafka' },
    tolerations: [{ operator: 'Exists' as const }],
  };
  const ofControllers = { ...ofBrokers, priorityClassName: 'metadata', nodeSelector: { pool: 'small' } };
  const brokers = withPool(
    withPool(environments.kind.brokers, { scheduling: ofBrokers }, 'broker'),
    { scheduling: ofControllers },
    'controller',
  );
  const [first, second, ...others] = podTemplates(renderObjects(kindWith({ scheduling, brokers })));

  it('of brokers and of controllers follow the settings of their pool', () => {
    expect([first?.[0], second?.[0]]).toEqual(['StatefulSet kafka-broker', 'StatefulSet kafka-controller']);
    expect(first?.[1].spec).toMatchObject(ofBrokers);
    expect(second?.[1].spec).toMatchObject(ofControllers);
  });

  it.each(others)('of %s follow the settings for all other pods', (_name, { spec }) => {
    expect(spec).toMatchObject(scheduling);
  });

  it('are any without settings', () => {
    for (const [, { spec }] of podTemplates(renderObjects(kindWith({}))))
      expect([spec['priorityClassName'], spec['nodeSelector'], spec['tolerations']]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
  });

  it.each([
    ['broker', 0],
    ['controller', 1],
  ])('with a %s are not drained by an autoscaler, unless configured for its pool', (pool, index) => {
    const annotations = (autoscalerMayEvict: boolean) => {
      const changed = withPool(environments.kind.brokers, { scheduling: { autoscalerMayEvict } }, pool);
      const sets = podTemplates(renderObjects(kindWith({ brokers: changed }))).slice(0, 2);
      return sets.map(([, { metadata }]) => metadata.annotations);
    };
    const stays = {
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
      'karpenter.sh/do-not-disrupt': 'true',
    };
    expect(annotations(false)).toEqual([expect.objectContaining(stays), expect.objectContaining(stays)]);
    expect(annotations(true)[index]).toBeUndefined();
    expect(annotations(true)[1 - index]).toMatchObject(stays);
  });

  it('are different for replicas, if possible', () => {
    const registry = podTemplates(renderObjects(kindWith({ registry: { replicas: 2 } }))).find(([name]) =>
      name.endsWith('-registry'),
    );
    expect(registry?.[1].spec['topologySpreadConstraints']).toMatchObject([
      { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
    ]);
  });
});
