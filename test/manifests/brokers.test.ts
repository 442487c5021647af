import { selectorLabels } from '../../src/kubernetes/labels';
import { BROKER_IDENTITY, POOL_LABEL } from '../../src/components/kafka-cluster/labels';
import { firstPool } from '../../tools/support/first-pool';
import { listenerPorts } from '../../src/components/kafka-cluster/listener-props';
import { nodesOf, type Node } from '../../src/components/kafka-cluster/nodes';
import { environments } from '../../platform/environments';
import { kindWith, withPool } from '../../tools/support/config';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import type { GuardSettings } from '../../src/components/kafka-cluster/guard/settings';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import { container, find, mountedConfigMap, podTemplate, renderObjects } from '../../tools/support/manifests';

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
}

/** Known problems of KRaft in a StatefulSet, as rules (table 4.1). */
describe.each(KUBERNETES_ENVIRONMENTS)('the brokers of %s', (environment) => {
  const config = loadConfig(environment);
  const names = brokerNames(config);
  const objects = renderObjects(config);
  const set = find(objects, 'StatefulSet', names.statefulSet(firstPool(config.brokers)));
  const pod = podTemplate(set).spec;
  const kafka = container(set);
  const files = mountedConfigMap(objects, set, 'config').data ?? {};
  const headless = find(objects, 'Service', names.headlessService).spec;
  const bootstrap = find(objects, 'Service', names.bootstrapService).spec;
  const selector = (set.spec['selector'] as { matchLabels: Record<string, string> }).matchLabels;
  const ofCluster = selectorLabels(config, BROKER_IDENTITY);
  const ofBrokers = { ...ofCluster, 'kafka-platform/broker-role': 'true' };

  const nodeWithId = (id: number): Node => {
    const node = nodesOf(config.brokers).find((one) => one.id === id);
    if (node === undefined) throw new Error(`there is no node ${id}`);
    return node;
  };
  const propertiesOf = (nodeId: number): Readonly<Record<string, string>> => {
    const lines = (files[`${names.pod(nodeWithId(nodeId))}.properties`] ?? '').split('\n').filter((line) => /^[a-z]/.test(line));
    return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  };
  const nodes = nodesOf(config.brokers).map(({ id }) => id);
  const ports = listenerPorts(config.brokers.listeners);

  it('start all at once, as a quorum forms only together', () => {
    expect(set.spec).toMatchObject({ podManagementPolicy: 'Parallel', replicas: nodes.length });
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

  it('find each other before they are ready, on all three ports', () => {
    expect(headless).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect((headless['ports'] as ServicePort[]).map(({ name }) => name)).toEqual(['client', 'controller', 'replication']);
    expect(set.spec['serviceName']).toBe(names.headlessService);
  });

  it('get client connections only when they are ready, and only on the client port', () => {
    expect(bootstrap['publishNotReadyAddresses']).toBeUndefined();
    expect(bootstrap['clusterIP']).toBeUndefined();
    expect((bootstrap['ports'] as ServicePort[]).map(({ name }) => name)).toEqual(['client']);
  });

  it('are behind Services whose ports are those of the container', () => {
    const ports = [...(headless['ports'] as ServicePort[]), ...(bootstrap['ports'] as ServicePort[])];
    for (const { targetPort, port } of ports) {
      expect(kafka.ports).toContainEqual({ name: targetPort, containerPort: port });
    }
    expect([headless['selector'], bootstrap['selector']]).toEqual([ofCluster, ofBrokers]);
  });

  it('forget the address of a restarted peer within seconds', () => {
    expect(files['java.security']).toMatch(/networkaddress\.cache\.ttl=5\nnetworkaddress\.cache\.negative\.ttl=1/);
    expect(files['start-broker.sh']).toMatch(/-Djava\.security\.properties=\/etc\/kafka\/platform\/java\.security/);
  });

  it('wait for the names of their peers before Java starts, but not for ever', () => {
    expect(files['start-broker.sh']).toMatch(/deadline=\$\(\(SECONDS \+ 30\)\)[\s\S]*getent hosts[\s\S]*exec /);
  });

  it('are not killed by a probe during a long recovery, and have no probes of the kubelet', () => {
    expect([kafka.startupProbe, kafka.livenessProbe, kafka.readinessProbe]).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(files).filter((name) => name.endsWith('.sh'))).toEqual(['broker-stop.sh', 'start-broker.sh']);
  });

  it('read mounted files, and write to none of them', () => {
    const mounts = kafka.volumeMounts as readonly { readonly name: string; readonly readOnly?: boolean }[];
    expect(mounts.filter(({ readOnly }) => readOnly === true).map(({ name }) => name)).toEqual(['config', 'format', 'metrics-reporter']);
  });

  it('can be ended by their guard', () => {
    expect(pod['shareProcessNamespace']).toBe(true);
  });

  it('get SIGTERM directly after the guard’s wait, and the configured time to stop', () => {
    const seconds = (config.guard.stopWaitMs + config.brokers.shutdownMs) / 1_000;
    expect(pod['terminationGracePeriodSeconds']).toBeGreaterThan(seconds);
    expect(files['start-broker.sh']?.trimEnd().split('\n').at(-1)).toMatch(/^exec \/opt\/kafka\/bin\/kafka-server-start\.sh /);
  });

  it('export metrics from their own process, and do not affect tools in the container', () => {
    const start = files['start-broker.sh'] ?? '';
    const reporter = kafka.volumeMounts.find(({ name }) => name === 'metrics-reporter')?.mountPath ?? 'none';
    expect(start.indexOf(`export CLASSPATH='${reporter}/*'`)).toBeGreaterThan(start.indexOf('kafka-storage.sh format'));
    expect(kafka.env).toBeUndefined();
    expect(kafka.ports).toContainEqual({ name: 'metrics', containerPort: config.monitoring.brokerPort });
    for (const id of nodes) {
      expect(propertiesOf(id)['prometheus.metrics.reporter.listener']).toBe(`http://:${config.monitoring.brokerPort}`);
    }
  });

  describe('have a guard that', () => {
    const guard = pod.initContainers?.find(({ name }) => name === 'guard');
    const settings = JSON.parse(files['guard.json'] ?? '') as GuardSettings;

    it('starts before them, goes on beside them and ends after them', () => {
      expect(pod.initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
        ['metrics-reporter', undefined],
        ['guard', 'Always'],
      ]);
    });

    it('is asked before they stop, on its own port', () => {
      expect(kafka.lifecycle).toEqual({ preStop: { exec: { command: ['/bin/bash', '/etc/kafka/platform/broker-stop.sh'] } } });
      expect(files['broker-stop.sh']).toContain(`/dev/tcp/127.0.0.1/${config.guard.port}`);
      expect(guard?.ports).toEqual([{ name: 'guard', containerPort: config.guard.port }]);
    });

    it('keeps them unready until it finds them back in every ISR, and from the first look at which they are not', () => {
      expect(guard?.readinessProbe).toMatchObject({ httpGet: { path: '/ready', port: 'guard' }, failureThreshold: 1 });
    });

    it('is started again when it does not answer, and not for what it says of them', () => {
      expect(guard?.livenessProbe).toMatchObject({ httpGet: { path: '/status', port: 'guard' }, failureThreshold: 3 });
    });

    it('knows every broker on its replication port, and itself by its ordinal', () => {
      expect(settings.nodes).toEqual(
        nodes.map((id) => ({
          id,
          host: names.podHost(nodeWithId(id)),
          kafkaPort: ports.replication,
          controllerPort: ports.controller,
          guardPort: config.guard.port,
          isBroker: true,
          isController: true,
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
    const script = files['start-broker.sh'] ?? '';
    expect(script).toContain(`cluster_id='${config.brokers.clusterId}'`);
    expect(script).toMatch(
      /format --cluster-id="\$cluster_id"[\s\S]*--release-version="\$\(< \/etc\/kafka\/format\/metadata-version\)" "\$1"/,
    );
    const format = mountedConfigMap(objects, set, 'format');
    expect(format.data).toEqual({ 'metadata-version': `${config.brokers.metadataVersion}\n` });
    expect([format.immutable, kafka.volumeMounts.find(({ name }) => name === 'format')?.mountPath]).toEqual([undefined, '/etc/kafka/format']);
  });

  it('keep their logs in a subdirectory of the volume', () => {
    const mount = kafka.volumeMounts.find(({ name }) => name === 'data')?.mountPath ?? '';
    expect(propertiesOf(0)['log.dirs']).toBe(`${mount}/log`);
  });

  it('have no variables of Services, and none that the image reads as properties', () => {
    expect(pod['enableServiceLinks']).toBe(false);
    expect(kafka.env).toBeUndefined();
  });

  it('keep their claims', () => {
    expect(set.spec['persistentVolumeClaimRetentionPolicy']).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  it('are evicted one at a time, and unready ones only while all others are ready', () => {
    expect(find(objects, 'PodDisruptionBudget', names.disruptionBudget).spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'IfHealthyBudget',
      selector: { matchLabels: ofBrokers },
    });
  });

  it('never share a node, and spread over zones where nodes have zones', () => {
    const labelSelector = { matchLabels: ofBrokers };
    expect(pod['affinity']).toEqual({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector }],
      },
    });
    expect(pod['topologySpreadConstraints']).toEqual([
      { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
    ]);
  });

  it('use memory outside the heap within their request, and as many processors as requested', () => {
    const [, options = ''] = /KAFKA_HEAP_OPTS='([^']*)'/.exec(files['start-broker.sh'] ?? '') ?? [];
    const number = (pattern: RegExp): number => Number(pattern.exec(options)?.[1]);
    expect(options).toContain('-XX:+AlwaysPreTouch');
    const [heap, direct] = [number(/-Xmx(\d+)m/), number(/-XX:MaxDirectMemorySize=(\d+)m/)];
    expect((heap + direct) * 2 ** 20).toBeLessThan(firstPool(config.brokers).memory * 0.9);
    expect(number(/-XX:ActiveProcessorCount=(\d+)/)).toBe(2);
  });

  it('limit the memory for clients, so that half of the heap is left', () => {
    const properties = propertiesOf(0);
    const [request, queue, connections] = ['socket.request.max.bytes', 'queued.max.request.bytes', 'max.connections'].map(
      (name) => Number(properties[name]),
    ) as [number, number, number];
    expect(queue).toBeGreaterThanOrEqual(request);
    expect(queue + request + connections * 32 * 1024).toBeLessThanOrEqual(firstPool(config.brokers).heap / 2);
  });

  it('request the memory of their limit, and have no CPU limit', () => {
    expect(kafka.resources.limits).toEqual({ memory: kafka.resources.requests['memory'] });
  });

  it('keep every copy of every internal topic', () => {
    expect(propertiesOf(0)).toMatchObject({
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

  it('log to the console only', () => {
    expect(files['log4j2.properties']).toMatch(/^appender\.console\.type=Console$/m);
    expect(files['log4j2.properties']).not.toMatch(/File/);
  });

  it('are selected by labels that never change', () => {
    const stable = ['app.kubernetes.io/component', 'app.kubernetes.io/instance', 'app.kubernetes.io/name', POOL_LABEL];
    expect(Object.keys(selector).sort()).toEqual(stable);
    expect(podTemplate(set).metadata.labels).toMatchObject(selector);
  });
});

it('the ids of brokers are those of their pool, and the ordinals of their pods', () => {
  const config = kindWith({ brokers: withPool(environments.kind.brokers, { name: 'data', firstId: 100 }) });
  const objects = renderObjects(config);
  const set = find(objects, 'StatefulSet', 'kafka-data');
  expect(set.spec).toMatchObject({ replicas: 3, ordinals: { start: 100 } });
  const files = mountedConfigMap(objects, set, 'config').data ?? {};
  expect(Object.keys(files).filter((name) => name.endsWith('.properties'))).toEqual(
    expect.arrayContaining(['kafka-data-100.properties', 'kafka-data-101.properties', 'kafka-data-102.properties']),
  );
  expect(files['kafka-data-101.properties']).toMatch(/^node\.id=101$/m);
  expect(files['kafka-data-101.properties']).toMatch(/^controller\.quorum\.bootstrap\.servers=kafka-data-100\./m);
  const { nodes } = JSON.parse(files['guard.json'] ?? '') as GuardSettings;
  expect(nodes.map(({ id }) => id)).toEqual([100, 101, 102]);
});
