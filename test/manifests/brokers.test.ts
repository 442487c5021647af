import { KUBERNETES_ENVIRONMENTS } from '../../src/config/environments';
import { loadConfig } from '../../src/config/load';
import type { GuardSettings } from '../../src/render/guard-settings';
import { brokerNames } from '../../src/render/names';
import { container, find, podTemplate, renderObjects } from '../support/manifests';

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
}

/** Table 4.1 of what goes wrong with KRaft in a StatefulSet, as rules. */
describe.each(KUBERNETES_ENVIRONMENTS)('the brokers of %s', (environment) => {
  const config = loadConfig(environment);
  const names = brokerNames(config);
  const objects = renderObjects(config);
  const set = find(objects, 'StatefulSet', names.statefulSet);
  const pod = podTemplate(set).spec;
  const kafka = container(set);
  const files = find(objects, 'ConfigMap', names.configMap).data ?? {};
  const headless = find(objects, 'Service', names.headlessService).spec;
  const bootstrap = find(objects, 'Service', names.bootstrapService).spec;
  const selector = (set.spec['selector'] as { matchLabels: Record<string, string> }).matchLabels;

  const propertiesOf = (nodeId: number): Readonly<Record<string, string>> => {
    const lines = (files[`${names.pod(nodeId)}.properties`] ?? '').split('\n').filter((line) => /^[a-z]/.test(line));
    return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  };
  const nodes = Array.from({ length: config.brokers.count }, (_, id) => id);

  it('start all at once, as a quorum forms only together', () => {
    expect(set.spec).toMatchObject({ podManagementPolicy: 'Parallel', replicas: config.brokers.count });
  });

  it('find each other before they are ready, on all three ports', () => {
    expect(headless).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect((headless['ports'] as ServicePort[]).map(({ name }) => name)).toEqual(['client', 'controller', 'replication']);
    expect(set.spec['serviceName']).toBe(names.headlessService);
  });

  it('get clients only when they are ready, and only on the client port', () => {
    expect(bootstrap['publishNotReadyAddresses']).toBeUndefined();
    expect(bootstrap['clusterIP']).toBeUndefined();
    expect((bootstrap['ports'] as ServicePort[]).map(({ name }) => name)).toEqual(['client']);
  });

  it('are behind Services whose ports are those of the container', () => {
    const ports = [...(headless['ports'] as ServicePort[]), ...(bootstrap['ports'] as ServicePort[])];
    for (const { targetPort, port } of ports) {
      expect(kafka.ports).toContainEqual({ name: targetPort, containerPort: port });
    }
    expect([headless['selector'], bootstrap['selector']]).toEqual([selector, selector]);
  });

  it('forget the address of a restarted peer within seconds', () => {
    expect(files['java.security']).toMatch(/networkaddress\.cache\.ttl=5\nnetworkaddress\.cache\.negative\.ttl=1/);
    expect(files['start-broker.sh']).toMatch(/-Djava\.security\.properties=\/etc\/kafka\/platform\/java\.security/);
  });

  it('wait for the names of their peers before Java starts, but not for ever', () => {
    expect(files['start-broker.sh']).toMatch(/deadline=\$\(\(SECONDS \+ 30\)\)[\s\S]*getent hosts[\s\S]*exec /);
  });

  it('are ready by an answer about themselves, not by an open port', () => {
    expect(kafka.readinessProbe).toMatchObject({ exec: { command: ['/bin/bash', '/etc/kafka/platform/broker-ready.sh'] } });
    expect(kafka.readinessProbe['tcpSocket']).toBeUndefined();
    expect(files['broker-ready.sh']).toContain('/dev/tcp/127.0.0.1/');
  });

  it('live while their process does, whatever the quorum does', () => {
    expect(kafka.livenessProbe).toMatchObject({ exec: { command: ['pgrep', '-x', 'java'] } });
    expect(pod['shareProcessNamespace']).toBe(true);
  });

  it('have 20 minutes to start', () => {
    const { periodSeconds, failureThreshold } = kafka.startupProbe;
    expect(periodSeconds * failureThreshold).toBeGreaterThanOrEqual(20 * 60);
  });

  it('get SIGTERM themselves, after the guard has had its wait, and the time that is set to obey', () => {
    const seconds = (config.guard.stopWaitMs + config.brokers.shutdownMs) / 1_000;
    expect(pod['terminationGracePeriodSeconds']).toBeGreaterThan(seconds);
    expect(files['start-broker.sh']?.trimEnd().split('\n').at(-1)).toMatch(/^exec \/opt\/kafka\/bin\/kafka-server-start\.sh /);
  });

  it('tell their metrics from their own process, and leave tools beside it alone', () => {
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

    it('keeps them unready until it finds them back in every ISR', () => {
      expect(guard?.readinessProbe).toMatchObject({ httpGet: { path: '/ready', port: 'guard' } });
    });

    it('knows every broker on its replication port, and itself by its ordinal', () => {
      expect(settings.nodes).toEqual(
        nodes.map((id) => ({
          id,
          host: names.podHost(id),
          kafkaPort: config.brokers.listeners.replication,
          controllerPort: config.brokers.listeners.controller,
          guardPort: config.guard.port,
        })),
      );
      expect(guard?.env).toContainEqual({
        name: 'NODE_ID',
        valueFrom: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } },
      });
    });
  });

  it('have claims that say whose data they hold', () => {
    const [claim] = set.spec['volumeClaimTemplates'] as { metadata: { annotations: unknown } }[];
    expect(claim?.metadata.annotations).toEqual({ 'kafka-platform/cluster-id': config.brokers.quorum.clusterId });
  });

  it('have their ordinal as node id, and it is in the list of voters', () => {
    for (const id of nodes) {
      expect(propertiesOf(id)['node.id']).toBe(String(id));
      expect(propertiesOf(id)['controller.quorum.voters']?.split(',')[id]).toBe(
        `${id}@${names.podHost(id)}:${config.brokers.listeners.controller}`,
      );
    }
  });

  it('agree on the voters', () => {
    expect(new Set(nodes.map((id) => propertiesOf(id)['controller.quorum.voters'])).size).toBe(1);
  });

  it('advertise a name of their own and never the controller', () => {
    for (const id of nodes) {
      expect(propertiesOf(id)['advertised.listeners']).toContain(`CLIENT://${names.podHost(id)}:9092`);
      expect(propertiesOf(id)['advertised.listeners']).not.toContain('CONTROLLER');
    }
  });

  it('carry the cluster id of the source and format idempotently, with equals signs and a pinned level', () => {
    const script = files['start-broker.sh'] ?? '';
    expect(script).toContain(`cluster_id='${config.brokers.quorum.clusterId}'`);
    expect(script).toMatch(/format --cluster-id="\$cluster_id"[\s\S]*--release-version="\$metadata_version" --ignore-formatted/);
  });

  it('keep their logs in a subdirectory of the volume', () => {
    const mount = kafka.volumeMounts.find(({ name }) => name === 'data')?.mountPath ?? '';
    expect(propertiesOf(0)['log.dirs']).toBe(`${mount}/log`);
  });

  it('see no variables of Services, and none that the image would take for properties', () => {
    expect(pod['enableServiceLinks']).toBe(false);
    expect(kafka.env).toBeUndefined();
  });

  it('keep their claims', () => {
    expect(set.spec['persistentVolumeClaimRetentionPolicy']).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  it('are evicted one at a time, and always when they are broken', () => {
    expect(find(objects, 'PodDisruptionBudget', names.disruptionBudget).spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selector },
    });
  });

  it('spread over nodes and zones', () => {
    const spread = pod['topologySpreadConstraints'] as { topologyKey: string; labelSelector: { matchLabels: unknown } }[];
    expect(spread.map(({ topologyKey }) => topologyKey)).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    expect(spread.every(({ labelSelector }) => JSON.stringify(labelSelector.matchLabels) === JSON.stringify(selector))).toBe(true);
  });

  it('are promised the memory that they may use, and no limit of CPU', () => {
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

  it('are selected by what never changes', () => {
    const stable = ['app.kubernetes.io/component', 'app.kubernetes.io/instance', 'app.kubernetes.io/name'];
    expect(Object.keys(selector).sort()).toEqual(stable);
    expect(podTemplate(set).metadata.labels).toMatchObject(selector);
  });
});
