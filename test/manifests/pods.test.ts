import { KUBERNETES_ENVIRONMENTS } from '../../src/config/environments';
import { loadConfig } from '../../src/config/load';
import { samplesOf } from '../../src/render/samples';
import { find, podTemplates, renderObjects } from '../support/manifests';

/** What holds for every pod, whatever it is for. */
describe.each(KUBERNETES_ENVIRONMENTS)('in %s', (environment) => {
  const config = loadConfig(environment);
  const objects = renderObjects(config);
  const templates = podTemplates(objects);

  it('the namespace admits only pods of the restricted standard', () => {
    expect(find(objects, 'Namespace', config.namespace).metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  it('there are brokers, what serves beside them, provisioning, the smoke test, and samples where they are wanted', () => {
    expect(templates.map(([name]) => name.replace(/-[0-9a-f]{10}$/, ''))).toEqual([
      `StatefulSet ${config.name}-broker`,
      `Job ${config.name}-topics`,
      `CronJob ${config.name}-smoke`,
      `Deployment ${config.name}-registry`,
      `Job ${config.name}-schemas`,
      `Deployment ${config.name}-ui`,
      `Deployment ${config.name}-lag-exporter`,
      `StatefulSet ${config.name}-prometheus`,
      ...samplesOf(config).map(({ name }) => `Deployment ${config.name}-${name}`),
    ]);
  });

  describe.each(templates)('the pod of %s', (_name, { spec }) => {
    const containers = [...(spec.initContainers ?? []), ...spec.containers];

    it('passes the restricted standard, with a number for its user', () => {
      expect(spec['securityContext']).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number) as number,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      });
    });

    it.each(containers)('has a container $name that can neither write to its root nor gain rights', ({ securityContext }) => {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    });

    it.each(containers)('promises $name the memory that it may use, and limits no CPU', ({ resources }) => {
      expect(resources.limits).toEqual({ memory: resources.requests['memory'] });
      expect(resources.requests['cpu']).toBeDefined();
    });

    it('sees no variables of Services and holds no token', () => {
      expect(spec).toMatchObject({ enableServiceLinks: false, automountServiceAccountToken: false });
    });

    it.each(containers)('pulls $name by a fixed tag, and only when it is missing', ({ image, ...rest }) => {
      expect(image).toMatch(/:[\w.-]+$|@sha256:/);
      expect(image).not.toMatch(/:latest$/);
      expect(rest).toMatchObject({ imagePullPolicy: 'IfNotPresent' });
    });
  });
});
