import { listenerPorts } from '../../src/components/kafka-cluster/listener-props';
import { POOL_LABEL } from '../../src/components/kafka-cluster/labels';
import { nodesOf } from '../../src/components/kafka-cluster/nodes';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { liveSettings } from '../../src/components/kafka-cluster/guard/live-settings';
import type { GuardFile, GuardedNode } from '../../src/components/kafka-cluster/guard/settings';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import { container, find, mountedConfigMap, podTemplate, renderObjects } from '../../tools/support/manifests';
import { renderedNodes } from '../support/rendered-nodes';

const POOLS = KUBERNETES_ENVIRONMENTS.flatMap((environment) => {
  const config = loadConfig(environment);
  return config.brokers.nodePools.map((pool) => [pool.name, environment, { config, pool }] as const);
});

it('brokers and controllers are in pools of their own', () => {
  expect(POOLS.map(([name, environment, { pool }]) => [environment, name, pool.roles])).toEqual(
    KUBERNETES_ENVIRONMENTS.flatMap((environment) => [
      [environment, 'broker', ['broker']],
      [environment, 'controller', ['controller']],
    ]),
  );
});

/** Known problems of KRaft in a StatefulSet, as rules (table 4.1). */
describe.each(POOLS)('the %ss of %s', (_name, _environment, { config, pool }) => {
  const objects = renderObjects(config);
  const { set, files, nodes } = renderedNodes(config, objects, pool);
  const [first] = nodes;
  const pod = podTemplate(set).spec;
  const kafka = container(set);
  const start = files[`start-${pool.name}.sh`] ?? '';
  const selector = (set.spec['selector'] as { matchLabels: Record<string, string> }).matchLabels;
  const ports = listenerPorts(config.brokers.listeners);

  it('start all at once, as a quorum forms only together', () => {
    expect(set.spec).toMatchObject({ podManagementPolicy: 'Parallel', replicas: pool.replicas });
  });

  it('come back when a template that broke one is corrected, as OrderedReady does not have it (kubernetes/kubernetes#67250)', () => {
    expect(set.spec['podManagementPolicy']).toBe('Parallel');
  });

  it('can return to three templates of before, each with the files that it had', () => {
    expect(set.spec['revisionHistoryLimit']).toBe(3);
    expect(mountedConfigMap(objects, set, 'config').immutable).toBe(true);
  });

  it('are replaced on their own, one after the other, when their template changes', () => {
    expect(set.spec['updateStrategy']).toEqual({ type: 'RollingUpdate' });
  });

  it('forget the address of a restarted peer within seconds', () => {
    expect(files['java.security']).toMatch(/networkaddress\.cache\.ttl=5\nnetworkaddress\.cache\.negative\.ttl=1/);
    expect(start).toMatch(/-Djava\.security\.properties=\/etc\/kafka\/platform\/java\.security/);
  });

  it('wait for the names of their peers before Java starts, but not for ever', () => {
    expect(start).toMatch(/deadline=\$\(\(SECONDS \+ 30\)\)[\s\S]*getent hosts[\s\S]*exec /);
  });

  it('are not killed by a probe during a long recovery, and have no probes of the kubelet', () => {
    expect([kafka.startupProbe, kafka.livenessProbe, kafka.readinessProbe]).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(files).filter((name) => name.endsWith('.sh'))).toEqual([
      'broker-stop.sh',
      `start-${pool.name}.sh`,
    ]);
  });

  it('read mounted files, and write to none of them', () => {
    const mounts = kafka.volumeMounts as readonly { readonly name: string; readonly readOnly?: boolean }[];
    expect(mounts.filter(({ readOnly }) => readOnly === true).map(({ name }) => name)).toEqual([
      'config',
      'live',
      'metrics-reporter',
    ]);
  });

  it('can be ended by their guard', () => {
    expect(pod['shareProcessNamespace']).toBe(true);
  });

  it('get SIGTERM directly after the guard’s wait, and the configured time to stop', () => {
    const seconds = (config.guard.stopWaitMs + config.brokers.shutdownMs) / 1_000;
    expect(pod['terminationGracePeriodSeconds']).toBeGreaterThan(seconds);
    expect(start.trimEnd().split('\n').at(-1)).toMatch(/^exec \/opt\/kafka\/bin\/kafka-server-start\.sh /);
  });

  it('export metrics from their own process, and do not affect tools in the container', () => {
    const reporter = kafka.volumeMounts.find(({ name }) => name === 'metrics-reporter')?.mountPath ?? 'none';
    expect(start.indexOf(`export CLASSPATH='${reporter}/*'`)).toBeGreaterThan(start.indexOf('kafka-storage.sh format'));
    expect(kafka.env).toBeUndefined();
    expect(kafka.ports).toContainEqual({ name: 'metrics', containerPort: config.monitoring.brokerPort });
    for (const { properties } of nodes) {
      expect(properties['prometheus.metrics.reporter.listener']).toBe(`http://:${config.monitoring.brokerPort}`);
    }
  });

  describe('have a guard that', () => {
    const guard = pod.initContainers?.find(({ name }) => name === 'guard');
    const settings = JSON.parse(files['guard.json'] ?? '') as GuardFile;

    it('starts before them, goes on beside them and ends after them', () => {
      expect(pod.initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
        ['metrics-reporter', undefined],
        ['guard', 'Always'],
      ]);
    });

    it('is asked before they stop, on its own port', () => {
      expect(kafka.lifecycle).toEqual({
        preStop: { exec: { command: ['/bin/bash', '/etc/kafka/platform/broker-stop.sh'] } },
      });
      expect(files['broker-stop.sh']).toContain(`/dev/tcp/127.0.0.1/${config.guard.port}`);
      expect(guard?.ports).toEqual([{ name: 'guard', containerPort: config.guard.port }]);
    });

    it('keeps them unready until it finds them caught up, brokers in every ISR and controllers in the quorum, and from the first look at which they are not', () => {
      expect(guard?.readinessProbe).toMatchObject({ httpGet: { path: '/ready', port: 'guard' }, failureThreshold: 1 });
    });

    it('is started again when it does not answer, and not for what it says of them', () => {
      expect(guard?.livenessProbe).toMatchObject({ httpGet: { path: '/status', port: 'guard' }, failureThreshold: 12 });
    });

    it('knows every node with its roles, and itself by its ordinal', () => {
      const live = find(objects, 'ConfigMap', brokerNames(config).liveConfigMap).data?.['brokers.json'] ?? '';
      const { nodes: known } = liveSettings(settings, () => JSON.parse(live) as readonly GuardedNode[]);
      expect([...known].sort((a, b) => a.id - b.id)).toEqual(
        nodesOf(config.brokers).map((node) => ({
          id: node.id,
          host: brokerNames(config).podHost(node),
          kafkaPort: ports.replication,
          controllerPort: ports.controller,
          guardPort: config.guard.port,
          isBroker: node.pool.name === 'broker',
          isController: node.pool.name === 'controller',
          logDirectory: '/var/lib/kafka/data/log',
        })),
      );
      expect(guard?.env).toContainEqual({
        name: 'NODE_ID',
        valueFrom: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } },
      });
    });
  });

  it('have claims with the id of their cluster', () => {
    const [claim] = set.spec['volumeClaimTemplates'] as { metadata: { annotations: unknown } }[];
    expect(claim?.metadata.annotations).toEqual({ 'kafka-platform/cluster-id': config.brokers.clusterId });
  });

  it('carry the cluster id of the source and format with equals signs and a pinned level', () => {
    expect(start).toContain(`cluster_id='${config.brokers.clusterId}'`);
    expect(start).toMatch(
      /format --cluster-id="\$cluster_id"[\s\S]*--release-version="\$\(< \/etc\/kafka\/live\/metadata-version\)" "\$1"/,
    );
    const mounted = mountedConfigMap(objects, set, 'live');
    expect(Object.keys(mounted.data ?? {}).sort()).toEqual(['brokers.json', 'metadata-version']);
    expect(mounted.data?.['metadata-version']).toBe(`${config.brokers.metadataVersion}\n`);
    expect([mounted.immutable, kafka.volumeMounts.find(({ name }) => name === 'live')?.mountPath]).toEqual([
      undefined,
      '/etc/kafka/live',
    ]);
  });

  it('keep their logs in a subdirectory of the volume', () => {
    const mount = kafka.volumeMounts.find(({ name }) => name === 'data')?.mountPath ?? '';
    for (const { properties } of nodes) expect(properties['log.dirs']).toBe(`${mount}/log`);
  });

  it('have no variables of Services, and none that the image reads as properties', () => {
    expect(pod['enableServiceLinks']).toBe(false);
    expect(kafka.env).toBeUndefined();
  });

  it('keep their claims', () => {
    expect(set.spec['persistentVolumeClaimRetentionPolicy']).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  it('use memory outside the heap within their request, and as many processors as requested', () => {
    const [, options = ''] = /KAFKA_HEAP_OPTS='([^']*)'/.exec(start) ?? [];
    const number = (pattern: RegExp): number => Number(pattern.exec(options)?.[1]);
    expect(options).toContain('-XX:+AlwaysPreTouch');
    const [heap, direct] = [number(/-Xmx(\d+)m/), number(/-XX:MaxDirectMemorySize=(\d+)m/)];
    expect((heap + direct) * 2 ** 20).toBeLessThan(pool.memory * 0.9);
    expect(number(/-XX:ActiveProcessorCount=(\d+)/)).toBe(2);
  });

  it('start with the options of the JVM that are set, else with those of Kafka', () => {
    const jvmOptions = ['-XX:+UseZGC', '-Xlog:gc:file=/tmp/gc.log'];
    const changed = renderObjects({ ...config, brokers: { ...config.brokers, jvmOptions } });
    const script = renderedNodes(config, changed, pool).files[`start-${pool.name}.sh`];
    expect(script).toContain("export KAFKA_JVM_PERFORMANCE_OPTS='-XX:+UseZGC -Xlog:gc:file=/tmp/gc.log'\n");
    expect(start).not.toContain('KAFKA_JVM_PERFORMANCE_OPTS');
  });

  it('request the memory of their limit, and have no CPU limit', () => {
    expect(kafka.resources.limits).toEqual({ memory: kafka.resources.requests['memory'] });
  });

  it('log to the console only', () => {
    expect(files['log4j2.properties']).toMatch(/^appender\.console\.type=Console$/m);
    expect(files['log4j2.properties']).not.toMatch(/File/);
  });

  it('are selected by labels that never change', () => {
    const stable = ['app.kubernetes.io/component', 'app.kubernetes.io/instance', 'app.kubernetes.io/name', POOL_LABEL];
    expect(Object.keys(selector).sort()).toEqual(stable);
    expect(podTemplate(set).metadata.labels).toMatchObject(selector);
  });

  it('limit the memory for clients, so that half of the heap is left', () => {
    const [request, queue, connections] = [
      'socket.request.max.bytes',
      'queued.max.request.bytes',
      'max.connections',
    ].map((name) => Number(first?.properties[name])) as [number, number, number];
    expect(queue).toBeGreaterThanOrEqual(request);
    expect(queue + request + connections * 32 * 1024).toBeLessThanOrEqual(pool.heap / 2);
  });

  it('keep every copy of every internal topic, which controllers read from their own files', () => {
    expect(first?.properties).toMatchObject({
      'default.replication.factor': '3',
      'min.insync.replicas': '2',
      'offsets.topic.replication.factor': '3',
      'transaction.state.log.replication.factor': '3',
      'transaction.state.log.min.isr': '2',
      'share.coordinator.state.topic.replication.factor': '3',
      'share.coordinator.state.topic.min.isr': '2',
      'auto.create.topics.enable': 'false',
      'unclean.leader.election.enable': 'false',
    });
  });
});
