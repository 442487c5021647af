import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../platform/environments';
import { parseConfig, type Platform } from '../../src/platform/load';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { bytes, gibibytes, hours, kibibytesPerSecond, mebibytes } from '../../src/validation/units';
import type { KubernetesObject } from '../../src/deploy/kubectl';
import { readManifests, type ManifestObject, type Manifests } from '../../src/deploy/manifests';
import { clearRuns, renderedJob } from '../../src/deploy/provisioned';
import { prune } from '../../src/deploy/prune';
import { platformConfigMap } from '../../src/components/platform-config/platform-config';
import { FIELD_MANAGER } from '../../src/components/kafka-cluster/names';
import { hasApiServer } from '../support/api-server';
import { ApplyTarget } from '../support/apply-target';
import { kindWith, withPool } from '../../tools/support/config';
import { differentFields } from '../../tools/support/differences';

const describeWithServer = hasApiServer ? describe : describe.skip;

/** A configuration without the parts that take long to apply. */
const SMALL = { monitoring: { mode: 'none', dashboards: false }, applications: {} } as const;
const small = kindWith(SMALL);

const KINDS =
  'deployments,statefulsets,services,configmaps,networkpolicies,jobs,cronjobs,poddisruptionbudgets,persistentvolumeclaims';

describeWithServer('an API server', () => {
  let target: ApplyTarget;

  beforeAll(async () => {
    target = await ApplyTarget.start();
  });

  afterAll(() => target.stop());

  it.each(KUBERNETES_ENVIRONMENTS)(
    'keeps every field of %s as rendered, and a second apply changes nothing',
    async (environment) => {
      const config = target.inNewNamespace(loadConfig(environment));
      const manifests = await target.apply(config);
      expect(await target.fieldsAmiss(config, manifests)).toEqual([]);
      const before = await target.versions(config, KINDS);
      await target.apply(config, manifests);
      expect(await target.versions(config, KINDS)).toEqual(before);
    },
  );

  it('keeps sizes and shares of cores as rendered, whatever their unit', async () => {
    const { brokers, monitoring } = environments.kind;
    const config = target.inNewNamespace(
      kindWith({
        brokers: {
          ...withPool(brokers, {
            cpuMillicores: 3_000,
            memory: bytes(2_000_000_000),
            storage: { size: bytes(50_000_000_001) },
          }),
        },
        guard: { memory: bytes(110_000_001), cpuMillicores: 1_000 },
        monitoring: { ...monitoring, prometheus: { size: bytes(30_000_000_000), memory: mebibytes(1_536) } },
      }),
    );
    expect(await target.fieldsAmiss(config, await target.apply(config))).toEqual([]);
  });

  it('accepts 3,000 topics', async () => {
    const more = Array.from({ length: 3_000 }, (_, index) => ({
      name: `bulk-topic-number-${index}`,
      partitions: 1,
      keyed: false,
      retentionMs: hours(1),
      segmentBytes: mebibytes(2),
      expectedIngress: kibibytesPerSecond(0.001),
    }));
    const { brokers, topics } = environments.kind;
    const config = target.inNewNamespace(
      parseConfig({
        ...environments.kind,
        ...SMALL,
        brokers: withPool(brokers, { storage: { size: gibibytes(400) } }),
        topics: [...topics, ...more],
      }),
    );
    await target.apply(config);
    const configMap = platformConfigMap(config);
    expect(await target.namesIn(config.namespace, 'configmaps')).toEqual(
      expect.arrayContaining([configMap, `${configMap}-2`]),
    );
  });

  it.each([
    ['a new namespace', false],
    ['one that is there', true],
  ])('accepts nothing of manifests with a refused part, in %s', async (_, exists) => {
    const config = target.inNewNamespace(small);
    const { namespace } = config;
    if (exists) await target.kubectlIn(namespace).run(['create', 'namespace', namespace]);
    const manifests = target.rendered(config);
    const metadata = { name: 'refused', namespace, labels: { valid: 'no value for a label' } };
    const file = join(manifests.directory, '9999-refused.k8s.yaml');
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata }));
    const refusal = await target.apply(config, readManifests(manifests.directory)).catch(String);
    expect(refusal).toMatch(/^UserError: test rejects a part of .*; nothing was applied[^]*no value for a label/);
    expect(refusal).not.toMatch(/fix:/);
    expect(await target.namesIn(namespace, 'deployments,statefulsets,services,configmaps,networkpolicies')).toEqual([]);
  });

  it('accepts a release with other selectors after the named objects are deleted', async () => {
    const config = target.inNewNamespace(kindWith({ applications: {} }));
    const kubectl = target.kubectlIn(config.namespace);
    const before = target.rendered(config);
    for (const file of before.files) {
      // Not Jobs, whose names change with their contents.
      const objects = readFileSync(file, 'utf8').split('---\n');
      const relabelled = objects.map((text) =>
        /^kind: Job$/m.test(text) ? text : text.replaceAll(/(app\.kubernetes\.io\/name): .*/g, '$1: kafka'),
      );
      writeFileSync(file, relabelled.join('---\n'));
    }
    await target.apply(config, before);

    const refusal = await target.apply(config).then(() => '', String);
    expect(refusal).toMatch(/rejects a part of .*; nothing was applied/);
    const commands = [...refusal.matchAll(/kubectl --context test -n \S+ (delete .*)/g)].map(([, one]) => one);
    expect(commands.sort()).toEqual([
      'delete deployment kafka-lag-exporter',
      'delete deployment kafka-registry',
      'delete deployment kafka-ui',
      'delete statefulset kafka-prometheus',
    ]);
    for (const command of commands) await kubectl.run((command ?? '').split(' '));
    await target.apply(config);
  });

  it('gets a namespace if the manifests have none, like those of production', async () => {
    const config = target.inNewNamespace(kindWith({ ...SMALL, renderNamespace: false }));
    await target.apply(config);
    const namespace = await target.kubectlIn(config.namespace).find<KubernetesObject>('namespace', config.namespace);
    expect(namespace?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('keeps files and fields of other managers', async () => {
    const config = target.inNewNamespace(small);
    const { directory } = target.rendered(config);
    writeFileSync(join(directory, 'kustomization.yaml'), 'kind: Kustomization\n');
    const kubectl = target.kubectlIn(config.namespace);
    await target.apply(config, readManifests(directory));
    await kubectl.run(['annotate', 'configmap', platformConfigMap(config), 'others=theirs']);
    await target.apply(config, readManifests(directory));
    const found = await kubectl.find('configmap', platformConfigMap(config));
    expect(found?.metadata.annotations?.['others']).toBe('theirs');
  });

  it('takes over objects that were applied by other means, and removes their obsolete fields', async () => {
    const config = target.inNewNamespace(small);
    const kubectl = target.kubectlIn(config.namespace);
    const { files } = target.rendered(config);
    await kubectl.run(['apply', ...files.flatMap((file) => ['--filename', file])]);
    await kubectl.run(['scale', 'statefulset', `${config.name}-broker`, '--replicas=1']);
    const { objects } = await target.apply(config);
    const { items } = await kubectl.json<{ items: ManifestObject[] }>(['get', 'statefulsets']);
    expect(
      differentFields(
        objects.filter(({ kind }) => kind === 'StatefulSet'),
        items,
      ),
    ).toEqual([]);
  });

  describe('pruned', () => {
    it('loses the objects that the platform no longer has, and nothing else', async () => {
      const config = target.inNewNamespace(kindWith({ applications: {} }));
      const kubectl = target.kubectlIn(config.namespace);
      const labels = (await target.apply(config)).objects.find(({ kind }) => kind === 'ConfigMap')?.metadata.labels;
      const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', labels } };
      const input = { input: JSON.stringify(theirs) };
      await kubectl.run(['apply', '--server-side', '--filename', '-'], input);
      const ours = ['apply', '--server-side', `--field-manager=${FIELD_MANAGER}`, '--filename', '-'];
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'kept', labels } };
      await kubectl.run(ours, { input: JSON.stringify(secret) });
      const others = { ...labels, 'app.kubernetes.io/instance': 'another' };
      await kubectl.run(ours, { input: JSON.stringify({ ...theirs, metadata: { name: 'another', labels: others } }) });
      const claim = {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', labels },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      };
      await kubectl.run(ours, { input: JSON.stringify(claim) });

      const less = kindWith({ ...SMALL, ui: { enabled: false } });
      const manifests = await target.apply({ ...less, namespace: config.namespace });
      const { removed, left } = await prune(kubectl, config, manifests.objects);
      expect(removed).toEqual(
        expect.arrayContaining([
          'Deployment kafka-ui',
          'Service kafka-ui',
          'NetworkPolicy kafka-ui',
          'StatefulSet kafka-prometheus',
        ]),
      );
      expect(left).toEqual(['ConfigMap theirs']);
      const kinds = 'deployments,statefulsets,services,configmaps,networkpolicies,jobs,cronjobs,poddisruptionbudgets';
      expect([...(await target.namesIn(config.namespace, kinds))].sort()).toEqual(
        [...namesOf(manifests), 'another', 'theirs'].sort(),
      );
      expect(await target.namesIn(config.namespace, 'secrets')).toEqual(['kept']);
      expect(await target.namesIn(config.namespace, 'persistentvolumeclaims')).toEqual(['data']);
      expect(await prune(kubectl, config, manifests.objects)).toEqual({ removed: [], left: ['ConfigMap theirs'] });
    });

    const namesOf = ({ objects }: Manifests): readonly string[] =>
      objects.filter(({ kind }) => kind !== 'Namespace').map(({ metadata }) => metadata.name);

    it('keeps brokers and controllers, whatever the manifests say', async () => {
      const config = target.inNewNamespace(small);
      await target.apply(config);
      const { removed } = await prune(target.kubectlIn(config.namespace), config, []);
      expect(removed.filter((name) => name.startsWith('StatefulSet'))).toEqual([]);
      expect(await target.namesIn(config.namespace, 'statefulsets')).toEqual(['kafka-broker', 'kafka-controller']);
    });
  });

  describe('with a run of the catalogue', () => {
    const job = (manifests: Manifests): string => renderedJob(manifests.objects, 'topic') ?? '';
    const other = kindWith({ ...SMALL, provisioning: { delete: ['old'] } });

    /** Sets the conditions of a Job like its controller. */
    async function end(config: Platform, name: string, type: 'Failed' | 'Complete'): Promise<void> {
      const at = new Date().toISOString();
      const before = type === 'Failed' ? 'FailureTarget' : 'SuccessCriteriaMet';
      const conditions = [before, type].map((one) => ({
        type: one,
        status: 'True',
        lastTransitionTime: at,
        reason: 'Test',
      }));
      const status = { startTime: at, conditions, ...(type === 'Complete' ? { completionTime: at } : {}) };
      const patch = ['--subresource=status', '--type=merge', '--patch', JSON.stringify({ status })];
      await target.kubectlIn(config.namespace).run(['patch', 'job', name, ...patch]);
    }

    const uidOf = async (config: Platform, name: string): Promise<string | undefined> =>
      (await target.kubectlIn(config.namespace).find('job', name))?.metadata.uid;

    /** Applies the manifests like deploy. @returns whether the Job is a new one */
    async function runsAgain(config: Platform, manifests: Manifests, again = false): Promise<boolean> {
      const before = await uidOf(config, job(manifests));
      const kubectl = target.kubectlIn(config.namespace);
      await clearRuns(kubectl, config, { what: 'topic', job: job(manifests), again });
      await target.apply(config, manifests);
      return (await uidOf(config, job(manifests))) !== before;
    }

    it('that has failed, runs it again', async () => {
      const config = target.inNewNamespace(small);
      const manifests = await target.apply(config);
      await end(config, job(manifests), 'Failed');
      expect(await runsAgain(config, manifests)).toBe(true);
    });

    it('that has succeeded, does not run it again unless asked to', async () => {
      const config = target.inNewNamespace(small);
      const manifests = await target.apply(config);
      await end(config, job(manifests), 'Complete');
      expect(await runsAgain(config, manifests)).toBe(false);
      expect(await runsAgain(config, manifests, true)).toBe(true);
    });

    it('that has succeeded before another one, runs it again and stops the other', async () => {
      const config = target.inNewNamespace(small);
      const manifests = await target.apply(config);
      await end(config, job(manifests), 'Complete');
      // Creation times are whole seconds.
      await new Promise((done) => setTimeout(done, 1_100));
      const later = await target.apply({ ...other, namespace: config.namespace });
      expect(await runsAgain(config, manifests)).toBe(true);
      expect(await uidOf(config, job(later))).toBeUndefined();
    });
  });
});
