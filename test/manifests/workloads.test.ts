import { environmentSchemas, environments } from '../../platform/environments';
import { parseConfig, type Platform } from '../../src/platform/load';
import { loadConfig } from '../../tools/support/environments';
import { applicationsOf } from '../../src/components/application/applications';
import { hours, kibibytesPerSecond } from '../../src/validation/units';
import { CLIENT_LABEL } from '../../src/kubernetes/labels';
import { exampleImages } from '../../platform/with-examples';
import { GUARD_PROGRAMS, RUNTIME_PROGRAMS, programsIn } from '../../scripts/bundle-runtime';
import { kindWith } from '../../tools/support/config';
import { find, podTemplates, renderObjects, type KubernetesObject } from '../../tools/support/manifests';

const kind = loadConfig('kind');

const provisioning = (config: Platform): KubernetesObject => {
  const job = renderObjects(config).find(({ kind, metadata }) => kind === 'Job' && metadata.name.includes('-topics-'));
  if (job === undefined) throw new Error('there is no Job');
  return job;
};

const [first, ...others] = environments.kind.topics;

describe('the topic provisioning Job', () => {
  it('has the same name, and so does not run again, if its work does not change', () => {
    const renamed = kindWith({ local: { basePort: 20_000 }, smoke: { schedule: '0 4 * * *' } });
    expect(provisioning(renamed)).toEqual(provisioning(kind));
  });

  it.each([
    [
      'a topic is added',
      { topics: [...environments.kind.topics, { ...first, name: 'more', expectedIngress: kibibytesPerSecond(1) }] },
    ],
    ['a topic changes', { topics: [{ ...first, retentionMs: hours(2) }, ...others] }],
    ['a default changes that topics take over', { brokers: { ...environments.kind.brokers, minInsyncReplicas: 1 } }],
    ['a topic may be deleted', { provisioning: { delete: ['old'] } }],
    ['its program changes', { runtime: { image: 'registry.example/runtime:2' } }],
  ])('has another name, and so runs, if %s', (_, change) => {
    expect(provisioning(kindWith(change)).metadata.name).not.toBe(provisioning(kind).metadata.name);
  });

  it('is retried a few times, and then fails', () => {
    expect(provisioning(kind).spec['backoffLimit']).toBe(3);
  });

  it('has a name of valid length for any cluster name', () => {
    expect(provisioning(kindWith({ name: 'x'.repeat(40) })).metadata.name.length).toBeLessThanOrEqual(63);
  });
});

describe('the smoke test', () => {
  it('does not run by itself', () => {
    expect(find(renderObjects(kind), 'CronJob', 'kafka-smoke').spec).toMatchObject({ suspend: true });
  });

  it('runs by itself with a schedule', () => {
    const spec = find(renderObjects(kindWith({ smoke: { schedule: '0 4 * * *' } })), 'CronJob', 'kafka-smoke').spec;
    expect(spec).toMatchObject({ suspend: false, schedule: '0 4 * * *' });
  });
});

describe('a program that uses the cluster', () => {
  const workloads = podTemplates(renderObjects(kind)).filter(([name]) => /^(Cron)?Job /.test(name));

  it.each(workloads)('in %s is a client for the network, not a node of the cluster', (_, { metadata }) => {
    expect(metadata.labels).toMatchObject(CLIENT_LABEL);
    expect(metadata.labels['app.kubernetes.io/component']).not.toBe('broker');
  });

  it('gets the validated configuration', () => {
    const text = find(renderObjects(kind), 'ConfigMap', 'kafka-platform').data?.['platform.json'] ?? '';
    expect(parseConfig(JSON.parse(text))).toEqual(kind);
  });

  it('is in its image', () => {
    const containers = podTemplates(renderObjects(kind)).flatMap(([, { spec }]) => [
      ...(spec.initContainers ?? []),
      ...spec.containers,
    ]);
    const programs = new Map([
      [kind.guard.image, GUARD_PROGRAMS],
      [kind.runtime.image, RUNTIME_PROGRAMS],
      ...exampleImages.map(({ name, programs }) => [name, programsIn(programs)] as const),
    ]);
    const commands = containers.flatMap(({ image, command = [] }) =>
      command.flatMap((word) => {
        const [, program] = /^\/app\/(.*)\.js$/.exec(word) ?? [];
        return program === undefined ? [] : [{ image, program }];
      }),
    );
    const hasSchemas = environmentSchemas.kind.some(({ definitions }) => definitions.length > 0);
    const guards = kind.brokers.nodePools.length;
    expect(commands.length).toBe(guards + (hasSchemas ? 5 : 4) + applicationsOf(kind).length);
    expect(commands.filter(({ image, program }) => programs.get(image)?.includes(program) !== true)).toEqual([]);
  });
});
