import { DERIVED_PROPERTIES } from '../../../src/config/derived-properties';
import { parseConfig } from '../../../src/config/load';
import { bytes, gibibytes, mebibytes } from '../../../src/config/units';
import { brokerProperties } from '../../../src/render/broker-properties';
import { contentHash } from '../../../src/render/content-hash';
import type { ClusterLayout } from '../../../src/render/layout';
import { localLayout } from '../../../src/render/local-layout';
import { propertyLine } from '../../../src/render/property-line';
import { memoryQuantity } from '../../../src/render/quantity';
import { withValue } from '../../support/config';

const config = parseConfig(withValue('brokers/properties', { 'z.last': 'b\\c', 'a.first': 1 }));
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

  it('are the same locally as in Kubernetes but for where things are', () => {
    expect(linesOf(1)).toEqual(
      expect.arrayContaining([
        'node.id=1',
        'listeners=CLIENT://127.0.0.1:11,CONTROLLER://127.0.0.1:21,REPLICATION://127.0.0.1:31',
        'advertised.listeners=CLIENT://127.0.0.1:11,REPLICATION://127.0.0.1:31',
        'controller.quorum.voters=0@127.0.0.1:20,1@127.0.0.1:21,2@127.0.0.1:22',
        'log.dirs=/state/broker-1/log',
      ]),
    );
  });

  it('have further ones last, by name, escaped', () => {
    expect(linesOf(0).slice(-4)).toEqual(['# Further', 'a.first=1', 'z.last=b\\\\c', '']);
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
    [bytes(1_000), '1000'],
    [gibibytes(2_048), '2Ti'],
  ])('says %d bytes exactly', (size, quantity) => {
    expect(memoryQuantity(size)).toBe(quantity);
  });
});

describe('a content hash', () => {
  it('changes with a text and with a name, not with the order', () => {
    const hash = contentHash({ a: '1', b: '2' });
    expect(contentHash({ b: '2', a: '1' })).toBe(hash);
    expect(contentHash({ a: '1', b: '3' })).not.toBe(hash);
    expect(contentHash({ a: '1', c: '2' })).not.toBe(hash);
  });
});
