import { brokerProperties } from '../../../../../src/components/kafka-cluster/broker-properties';
import { kubernetesLayout } from '../../../../../src/components/kafka-cluster/kubernetes-layout';
import type { ClusterLayout } from '../../../../../src/components/kafka-cluster/layout';
import { localLayout } from '../../../../../src/components/kafka-cluster/local-layout';
import { parseConfig } from '../../../../../src/platform/load';
import { gibibytes } from '../../../../../src/validation/units';
import { withValues } from '../../../../../tools/support/config';

const controllers = { name: 'controller', roles: ['controller'], firstId: 100 };
const brokers = { roles: ['broker'], memory: gibibytes(2) };

const config = parseConfig(
  withValues({
    'security/mode': 'tls',
    'brokers/nodePools': [controllers, { ...brokers, storage: { size: gibibytes(10) } }],
  }),
);

const layout = localLayout(config, {
  ports: Array.from({ length: 6 }, () => [1, 2, 3, 4] as const),
  directory: (id) => `/state/broker-${id}`,
});

function propertiesOf(nodeId: number, of: ClusterLayout = layout): Readonly<Record<string, string>> {
  const node = of.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new Error('no such node');
  const lines = brokerProperties(config, of, node).split('\n');
  const pairs = lines.filter((line) => /^[a-z].*=/.test(line)).map((line) => line.split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}

/** Names of the listeners that have a keystore. */
const withKeystore = (nodeId: number): readonly string[] =>
  Object.keys(propertiesOf(nodeId)).flatMap(
    (name) => /^listener\.name\.(\w+)\.ssl\.keystore\.location$/.exec(name)?.[1] ?? [],
  );

describe('encrypted listeners', () => {
  it('have no plain text', () => {
    expect(propertiesOf(0)['listener.security.protocol.map']).toBe('CLIENT:SASL_SSL,CONTROLLER:SSL,REPLICATION:SSL');
  });

  it('a broker has certificates for those of controllers, too, which it dials', () => {
    expect(withKeystore(0)).toEqual(['controller', 'replication', 'client']);
    expect(withKeystore(100)).toEqual(['controller']);
  });

  it('ask nodes for certificates, and check the names of those that are dialled', () => {
    expect(propertiesOf(0)).toMatchObject({
      'listener.name.replication.ssl.client.auth': 'required',
      'listener.name.replication.ssl.endpoint.identification.algorithm': 'https',
      'listener.name.replication.ssl.truststore.location': '/state/broker-0/tls/trusted.pem',
    });
  });

  it('deny what nobody is allowed, to all but nodes and administrators, alike on every node', () => {
    const rights = {
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:CN=kafka-broker;User:CN=kafka-controller;User:CN=kafka-admin',
      'allow.everyone.if.no.acl.found': 'false',
    };
    for (const nodeId of [0, 100]) expect(propertiesOf(nodeId)).toMatchObject(rights);
  });

  it('are refused in manifests, which have no certificates yet', () => {
    expect(() => propertiesOf(0, kubernetesLayout(config))).toThrow(/security\.mode = "tls"[^]*cannot be rendered yet/);
  });
});
