import { DERIVED_PROPERTIES } from '../../../../src/components/kafka-cluster/properties/derived-properties';
import { parseConfig } from '../../../../src/platform/load';
import { bytes, gibibytes, mebibytes } from '../../../../src/validation/units';
import { brokerProperties } from '../../../../src/components/kafka-cluster/broker-properties';
import { contentHash } from '../../../../src/kubernetes/content-hash';
import type { ClusterLayout } from '../../../../src/components/kafka-cluster/layout';
import { localLayout } from '../../../../src/components/kafka-cluster/local-layout';
import { propertyLine } from '../../../../src/components/kafka-cluster/property-line';
import { bytesOfQuantity, cpuQuantity, memoryQuantity } from '../../../../src/kubernetes/quantity';
import { withValues } from '../../../../tools/support/config';

const config = parseConfig(
  withValues({
    'brokers/nodePools/0/zone': 'a',
    'brokers/nodePools/0/metadataStorage': { size: gibibytes(1) },
    'brokers/properties': { 'sasl.kerberos.service.name': 'b\\c', 'log.cleaner.threads': 1 },
  }),
);
const layout: ClusterLayout = localLayout(config, {
  ports: [0, 1, 2].map((id) => [10 + id, 20 + id, 30 + id, 40 + id] as const),
  directory: (id) => `/state/broker-${id}`,
});

function linesOf(nodeId: number): readonly string[] {
  const node = layout.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new Error('no such node');
  return brokerProperties(config, layout, node).split('\n');
}

describe('the properties of a broker', () => {
  it.each(Object.keys(DERIVED_PROPERTIES))('have %s once', (name) => {
    expect(linesOf(0).filter((line) => line.startsWith(`${name}=`))).toHaveLength(1);
  });

  it('are the same locally and in Kubernetes, except for addresses and paths', () => {
    expect(linesOf(1)).toEqual(
      expect.arrayContaining([
        'node.id=1',
        'listeners=CLIENT://127.0.0.1:11,CONTROLLER://127.0.0.1:21,REPLICATION://127.0.0.1:31',
        'advertised.listeners=CLIENT://127.0.0.1:11,CONTROLLER://127.0.0.1:21,REPLICATION://127.0.0.1:31',
        'controller.quorum.bootstrap.servers=127.0.0.1:20,127.0.0.1:21,127.0.0.1:22',
        'controller.quorum.auto.join.enable=true',
        'log.dirs=/state/broker-1/log',
        'metadata.log.dir=/state/broker-1/metadata',
      ]),
    );
  });

  it('have additional ones at the end, sorted by name and escaped', () => {
    expect(linesOf(0).slice(-4)).toEqual([
      '# Further',
      'log.cleaner.threads=1',
      'sasl.kerberos.service.name=b\\\\c',
      '',
    ]);
  });
});

describe('a property', () => {
  it.each([
    ['a\\b', 'x=a\\\\b'],
    ['a\nb', 'x=a\\nb'],
    [' a', 'x=\\ a'],
    ['é', 'x=\\u00e9'],
    ['a=b', 'x=a=b'],
  ])('keeps %j', (value, line) => {
    expect(propertyLine('x', value)).toBe(line);
  });
});

describe('a quantity', () => {
  it.each([
    [gibibytes(2), '2Gi'],
    [mebibytes(1_536), '1536Mi'],
    [bytes(1_000), '1k'],
    [bytes(1_001), '1001'],
    [bytes(1_500_000_000), '1500M'],
    [bytes(10_240_000), '10000Ki'],
    [gibibytes(2_048), '2Ti'],
  ])('renders %d bytes exactly', (size, quantity) => {
    expect(memoryQuantity(size)).toBe(quantity);
  });

  it.each([
    ['1Gi', 2 ** 30],
    ['1500M', 1_500_000_000],
    ['2k', 2_000],
    ['1.5Ki', 1_536],
    ['1e3', 1_000],
    ['4096', 4_096],
    ['1500m', 2],
  ])('from an API server is read in any form: %s', (quantity, size) => {
    expect(bytesOfQuantity(quantity)).toBe(size);
  });

  it.each([
    [250, '250m'],
    [2_000, '2'],
    [1_500, '1500m'],
  ])('renders %d thousandths of a core as the API server does', (millicores, quantity) => {
    expect(cpuQuantity(millicores)).toBe(quantity);
  });
});

describe('a content hash', () => {
  it('changes with a text or a name, not with the order', () => {
    const hash = contentHash({ a: '1', b: '2' });
    expect(contentHash({ b: '2', a: '1' })).toBe(hash);
    expect(contentHash({ a: '1', b: '3' })).not.toBe(hash);
    expect(contentHash({ a: '1', c: '2' })).not.toBe(hash);
  });
});
