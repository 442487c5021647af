import { brokersOf } from '../../../src/components/kafka-cluster/nodes';
import { environments, type EnvironmentName } from '../../../platform/environments';
import { parseConfig } from '../../../src/platform/load';
import { loadConfig } from '../../../tools/support/environments';
import { DEFAULT_MESSAGE_MAX, FAILURE_HEADERS } from '../../../src/components/topics/message-limits';
import { mebibytes } from '../../../src/validation/units';
import { topics as catalogue } from '../../../examples/catalogue/topics';
import { problemsOf, validConfig, withValue, withValues } from '../../../tools/support/config';

describe('parsing a configuration', () => {
  it('accepts one that satisfies every rule', () => {
    expect(problemsOf(validConfig)).toEqual([]);
  });

  it('reports all problems at once, in one message with path, value, limit and fix', () => {
    const broken = withValues({
      name: 'Kafka',
      'brokers/nodePools/0/replicas': 4,
      'brokers/nodePools/0/memory': mebibytes(512),
      typo: 1,
    });
    expect(problemsOf(broken).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['name', 'brokers.nodePools.0.replicas', 'brokers.nodePools.0.memory', 'typo']),
    );
    expect(() => parseConfig(broken)).toThrow(/name = "Kafka"[\s\S]*allowed:[\s\S]*fix:/);
  });

  it('reports problems of a topic by its name, and by the file of the catalogue if the topic is from there', () => {
    const [orders] = catalogue;
    const own = { ...orders, name: 'own.topic', retentionBytes: mebibytes(2), segmentBytes: mebibytes(4) };
    const relations = withValues({ 'brokers/socketRequestMax': mebibytes(1), topics: [orders, own] });
    const parsed = () => parseConfig(relations, 'own.ts', [{ file: 'platform/topics.ts', topics: catalogue }]);
    expect(parsed).toThrow(/platform\/topics\.ts has one problem; [^]* {2}topic orders: settings\.maxMessageBytes = /);
    expect(parsed).toThrow(
      /own\.ts has 3 problems; [^]* {2}topic own\.topic: retentionBytes = 2 MiB[^]*lower segmentBytes of topic own\.topic/,
    );
    expect(() => parseConfig(relations, 'own.ts')).toThrow(/own\.ts has 4 problems/);
    const malformed = withValues({ topics: [own, { ...own, keyed: 7 }, { ...own, name: '' }] });
    expect(() => parseConfig(malformed)).toThrow(
      /topic own\.topic \(number 2 of the list\): keyed = 7[^]*set keyed of topic own\.topic[^]* {2}topics\.2\.name = ""/,
    );
  });

  it('reports values that JSON cannot represent', () => {
    const itself: unknown[] = [];
    itself.push(itself);
    const values = {
      name: () => 1,
      namespace: 7n,
      'brokers/nodePools/0/replicas': NaN,
      'brokers/nodePools/0/heap': itself,
      topics: [{ name: 8n }],
    };
    const told = ['a function', '7n', 'NaN', 'a object that contains itself', '8n'].map(
      (text) => `[^\\n]* = ${text}\\n`,
    );
    for (const text of told) expect(() => parseConfig(withValues(values))).toThrow(new RegExp(text));
  });

  it('checks the relations of a node pool even if one of its fields is malformed', () => {
    const broken = withValues({ 'brokers/nodePools/0/heap': 5, 'brokers/nodePools/0/replicas': 4 });
    expect(problemsOf(broken).map(({ path }) => path)).toEqual([
      'brokers.nodePools.0.heap',
      'brokers.nodePools.0.replicas',
    ]);
  });

  it('checks relations even if a field is malformed', () => {
    const broken = withValues({ namespace: 7, 'brokers/minInsyncReplicas': 3 });
    expect(problemsOf(broken).map(({ path }) => path)).toEqual(['namespace', 'brokers.minInsyncReplicas']);
  });

  it('freezes the result deeply', () => {
    const config = parseConfig(validConfig);
    expect(Object.isFrozen(config.brokers.nodePools) && Object.isFrozen(config.topics[0]?.settings)).toBe(true);
  });

  it('does not change its input', () => {
    const before = JSON.stringify(validConfig);
    parseConfig(withValue('name', 'other'));
    expect(JSON.stringify(validConfig)).toBe(before);
  });

  it.each([
    ['of the source', {}, { settings: { maxMessageBytes: mebibytes(5) } }, mebibytes(5)],
    ['of all brokers', { 'brokers/properties/message.max.bytes': mebibytes(3) }, {}, mebibytes(3)],
    ['by default', {}, {}, DEFAULT_MESSAGE_MAX],
  ])('gives topics of copies the limits of their source: %s', (_, changes, source, limit) => {
    const [orders] = validConfig.topics;
    const topics = [
      { ...orders, ...source },
      { ...orders, name: 'orders.email.dlq', copiesOf: 'orders', segmentBytes: mebibytes(1) },
    ];
    const [, copies] = parseConfig(withValues({ ...changes, topics })).topics;
    expect(copies?.settings.maxMessageBytes).toBe(limit + FAILURE_HEADERS);
    expect(copies?.segmentBytes).toBe(limit + FAILURE_HEADERS);
  });

  it.each(['(', '', '(?=a)', '(?<!a)b', String.raw`(a)\1`])('refuses %p as a pattern for groups', (pattern) => {
    const [problem, ...others] = problemsOf(withValue('monitoring/lagExporter/ignoreGroups', ['^fine-', pattern]));
    expect(problem).toMatchObject({
      path: 'monitoring.lagExporter.ignoreGroups.1',
      value: pattern,
      allowed: 'a regular expression without lookaround and back references',
    });
    expect(others).toEqual([]);
  });

  it.each(Object.keys(environments) as EnvironmentName[])('accepts the environment %s', (name) => {
    expect(brokersOf(loadConfig(name).brokers)).toHaveLength(3);
  });
});
