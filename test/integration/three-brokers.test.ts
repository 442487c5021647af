import { execFileSync } from 'node:child_process';
import { topics } from '../../examples/catalogue/topics';
import { silentProgress } from '../../src/console/progress';
import { smokeTest } from '../../src/platform/smoke-test';
import { applyTopics } from '../../src/components/topics/apply';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import type { Topic } from '../../src/components/topics/topic';
import { hours, milliseconds } from '../../src/validation/units';
import { liveTopics } from '../../src/components/topics/live-topics';
import { TOPIC_SETTING_NAMES } from '../../src/components/topics/topic-setting-names';
import { readPlan } from '../../src/components/topics/read-plan';
import { topicTarget } from '../../src/components/kafka-cluster/topic-target';
import { verifyTopics } from '../../src/components/topics/verify';
import { createPartitions } from '../../src/protocol/create-partitions';
import { createTopics } from '../../src/protocol/create-topics';
import { describeTopics } from '../../src/protocol/describe-topic-configs';
import { METADATA } from '../../src/protocol/metadata';
import { ask } from '../../src/protocol/request';
import { setAtRunTime } from '../support/broker-config';
import { catalogueBrokers } from '../support/catalogue-brokers';
import { deleteTopic, untilKnown } from '../support/make-topics';
import { setOnTopics } from '../support/set-on-topics';
import { until } from '../support/until';

const brokers = catalogueBrokers();
const { config } = brokers;

describe('the smoke test', () => {
  it('passes every check of the brokers, stops and restarts brokers, and skips components that do not run', async () => {
    const verdict = await smokeTest({
      config,
      connection: brokers.platform.connection,
      progress: silentProgress,
      control: brokers.platform,
    });
    const others = verdict.checks.filter(({ status }) => status !== 'passed');
    expect(others.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'registry topics skipped',
      'schemas skipped',
      'ui skipped',
      'prometheus skipped',
    ]);
    const partitions = (await ask(brokers.platform.connection, METADATA)).flatMap((topic) => topic.partitions);
    // A new leader appears in the metadata a moment later.
    await until(async () => {
      const now = (await ask(brokers.platform.connection, METADATA)).flatMap((topic) => topic.partitions);
      return now.every(({ leaderId, replicas }) => leaderId === replicas[0]);
    });
    expect(new Set(partitions.map(({ replicas }) => replicas[0])).size).toBe(3);
  });

  it('fails when a topic differs from the catalogue, only in that check', async () => {
    const { connection } = brokers.platform;
    await deleteTopic(connection, 'orders');
    const verdict = await smokeTest({
      config,
      connection,
      progress: silentProgress,
      settleMs: 1_000,
    });
    expect(verdict).toMatchObject({ ok: false });
    expect(verdict.checks.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual(['catalogue']);
    await applyTopics({ connection, topics: config.topics });
  });

  it('fails when a foreign setting of an internal topic would lose its data', async () => {
    const { connection } = brokers.platform;
    const topic = '__consumer_offsets';
    await setOnTopics(connection, [{ topic, set: { 'cleanup.policy': 'delete' } }]);
    const verdict = await smokeTest({ config, connection, progress: silentProgress, settleMs: 1_000 });
    await setOnTopics(connection, [{ topic, set: { 'cleanup.policy': 'compact' } }]);
    expect(verdict.checks.filter(({ status }) => status === 'failed')).toMatchObject([
      {
        name: 'internal topics',
        summary: expect.stringMatching(
          /cleanup.policy is delete instead of compact; kafka-configs.sh .*=compact/,
        ) as string,
      },
    ]);
  });

  it('fails against a cluster with another id', async () => {
    const other = { ...config, brokers: { ...config.brokers, clusterId: 'x' } };
    const verdict = await smokeTest({
      config: other,
      connection: brokers.platform.connection,
      progress: silentProgress,
      settleMs: 1_000,
    });
    expect(verdict.checks.find(({ name }) => name === 'brokers')).toMatchObject({ status: 'failed' });
  });
});

describe('topics', () => {
  const [orders, ...others] = config.topics;
  if (orders === undefined) throw new Error('the catalogue is empty');
  const target = (override: Partial<Topic>) => ({
    connection: brokers.platform.connection,
    topics: [{ ...orders, ...override }, ...others],
  });
  const kinds = async (override: Partial<Topic>): Promise<readonly string[]> =>
    (await readPlan(target(override))).filter(({ kind }) => kind !== 'unchanged').map(({ kind }) => kind);

  it('that match the catalogue stay unchanged', async () => {
    expect(await kinds({})).toEqual([]);
    expect((await applyTopics(target({}))).summary).toBe(`${config.topics.length} unchanged`);
  });

  it('change where they differ, lose foreign settings, and keep settings that are declared foreign', async () => {
    const connection = brokers.platform.connection;
    const throttle = 'leader.replication.throttled.replicas';
    const foreign = {
      'retention.bytes': '1048576',
      'max.message.bytes': '123456',
      'flush.messages': '7',
      [throttle]: '*',
    };
    await setOnTopics(connection, [{ topic: 'orders', set: foreign }]);
    const wanted = target({ retentionMs: hours(3), ignoreSettings: ['flush.messages'] });
    const found = await readPlan(wanted);
    expect(found.find(({ topic }) => topic === 'orders')).toEqual({
      kind: 'change',
      topic: 'orders',
      changes: [
        { setting: 'retention.ms', before: '604800000', after: '10800000' },
        { setting: 'max.message.bytes', before: '123456', after: '1048588', inherits: 'Kafka’s default' },
        { setting: 'retention.bytes', before: '1048576', after: '-1', inherits: 'Kafka’s default' },
      ],
    });
    expect(await verifyTopics(wanted)).toContain(
      'orders: retention.bytes is 1048576 instead of -1 (inherited: Kafka’s default)',
    );
    await applyTopics(wanted);
    const all = await liveTopics(connection, [...Object.keys(foreign), 'retention.ms']);
    expect(all.find(({ name }) => name === 'orders')?.settings).toEqual({
      'flush.messages': { value: '7', onTopic: true },
      'max.message.bytes': { value: '1048588', onTopic: false },
      'retention.bytes': { value: '-1', onTopic: false },
      'retention.ms': { value: '10800000', onTopic: true },
      [throttle]: { value: '*', onTopic: true },
    });
    await applyTopics(target({}));
  });

  it('with a shorter retention set on brokers at run time are reported, and get the configured one', async () => {
    const { connection } = brokers.platform;
    const [first = '', , last = ''] = connection.bootstrapServers;
    const property = 'log.retention.bytes';
    for (const where of [{ server: first }, { server: last, nodeId: 2 }]) {
      await setAtRunTime({ ...where, property, value: '1048576' });
      const words = 'nodeId' in where ? 'on broker 2' : 'for all brokers';
      const told = `orders: retention.bytes is 1048576 (inherited: ${property}, set at run time ${words}) instead of -1`;
      await until(async () => (await verifyTopics(target({}))).some((difference) => difference.startsWith(told)));
      await applyTopics({ ...target({}), topics: [...target({}).topics, { ...orders, name: 'new-meanwhile' }] });
      const after = await liveTopics(connection, ['retention.bytes']);
      expect(after.filter(({ name }) => ['orders', 'new-meanwhile'].includes(name))).toMatchObject([
        { settings: { 'retention.bytes': { value: '-1', onTopic: true } } },
        { settings: { 'retention.bytes': { value: '-1', onTopic: true } } },
      ]);
      await setAtRunTime({ ...where, property, value: null });
      await until(async () => (await kinds({})).includes('change'));
      await applyTopics({ ...target({}), allow: { partitionGrowth: [], delete: ['new-meanwhile'] } });
      // A broker may list a deleted topic for a moment.
      await until(async () => (await kinds({})).length === 0);
    }
  });

  it('that inherit another value than configured are reported: the brokers run with another configuration', async () => {
    const { connection } = brokers.platform;
    const properties = { 'log.retention.bytes': 1_048_576 };
    const other = { ...config, brokers: { ...config.brokers, properties } };
    expect(await verifyTopics(topicTarget(config, connection))).toEqual([]);
    const [difference] = await verifyTopics(topicTarget(other, connection));
    expect(difference).toMatch(/retention.bytes is -1 \(inherited: Kafka’s default\) instead of 1048576; .*restart/);
    expect((await applyTopics(topicTarget(other, connection))).summary).toBe(`${config.topics.length} differing`);
  });

  it('may have every setting that brokers know', async () => {
    const [described] = await ask(brokers.platform.connection, describeTopics(['orders']));
    expect(Object.keys(described?.settings ?? {}).sort()).toEqual([...TOPIC_SETTING_NAMES]);
  });

  it('with any forbidden change are not changed at all', async () => {
    const forbidden = target({ partitions: orders.partitions - 1 });
    const alsoNew = { ...forbidden, topics: [...forbidden.topics, { ...orders, name: 'brand-new' }] };
    await expect(applyTopics(alsoNew)).rejects.toThrow(
      /nothing was changed[\s\S]*partitions: 6 -> 5: Kafka cannot remove partitions/,
    );
    expect(await withAdmin(connectKafka(brokers.platform.connection), (admin) => admin.listTopics())).not.toContain(
      'brand-new',
    );
  });

  it('that the brokers refuse are not changed at all', async () => {
    const refused = target({ retentionMs: milliseconds(-5) });
    const alsoNew = { ...refused, topics: [{ ...orders, name: 'brand-new' }, ...refused.topics] };
    await expect(applyTopics(alsoNew)).rejects.toThrow(
      /The brokers reject the plan; nothing was changed[\s\S]*retention\.ms/,
    );
    expect(await withAdmin(connectKafka(brokers.platform.connection), (admin) => admin.listTopics())).not.toContain(
      'brand-new',
    );
  });

  it('that the brokers refuse are each reported in the brokers’ words', async () => {
    const { connection } = brokers.platform;
    const named = (name: string, override: Partial<Topic> = {}) => ({ ...orders, name, ...override });
    const tooMany = { connection, topics: [...config.topics, named('far-too-safe', { replicationFactor: 5 })] };
    await expect(applyTopics(tooMany)).rejects.toThrow(/far-too-safe: Unable to replicate the partition 5 time/);

    await applyTopics({ connection, topics: [named('orders_eu')] });
    await untilKnown(connection, ['orders_eu']);
    const colliding = { connection, topics: [...config.topics, named('orders.eu')] };
    await expect(applyTopics(colliding)).rejects.toThrow(
      /nothing was changed[\s\S]*orders\.eu[\s\S]*collides with that of topic 'orders_eu'/,
    );
    const options = { validateOnly: false, timeoutMs: 30_000 };
    const asked = { topic: 'orders.eu', partitions: 1, replicationFactor: 1, settings: {} };
    expect(await ask(connection, createTopics([asked, { ...asked, topic: 'a b' }], options))).toEqual([
      { topic: 'orders.eu', message: expect.stringMatching(/collides with existing topic: orders_eu/) as string },
      { topic: 'a b', message: expect.stringMatching(/Topic name is invalid/i) as string },
    ]);
    const grown = createPartitions([{ topic: 'orders', partitions: 2 }], options);
    expect(await ask(connection, grown)).toEqual([
      { topic: 'orders', message: expect.stringMatching(/already has 6 partition|currently has 6/) as string },
    ]);
    await applyTopics({ connection, topics: config.topics, allow: { partitionGrowth: [], delete: ['orders_eu'] } });
  });

  it('with keys grow only when they are named, and other topics are deleted only when they are', async () => {
    const extra = { ...orders, name: 'extra', partitions: 1 };
    const connection = brokers.platform.connection;
    await applyTopics({ connection, topics: [...config.topics, extra] });
    const grown = { connection, topics: [...config.topics, { ...extra, partitions: 2 }] };
    await expect(applyTopics(grown)).rejects.toThrow(/--allow-partition-growth extra/);
    await applyTopics({ ...grown, allow: { partitionGrowth: ['extra'], delete: [] } });
    expect(await kinds({})).toEqual(['unmanaged']);
    await applyTopics({ connection, topics: config.topics, allow: { partitionGrowth: [], delete: ['extra'] } });
    // A broker may list a deleted topic for a moment.
    await until(async () => (await kinds({})).length === 0);
  });

  it('are planned, verified and printed as JSON by npm run topics', () => {
    const run = (...args: readonly string[]): string =>
      execFileSync(
        process.execPath,
        [
          '--import',
          'tsx',
          'src/cli/main.ts',
          'topics',
          ...args,
          '--config',
          'examples/catalogue/platform.ts',
          '--bootstrap',
          brokers.platform.connection.bootstrapServers.join(','),
        ],
        {
          encoding: 'utf8',
        },
      );
    expect(run('verify')).toBe(`verified: ${topics.length} topics\n`);
    expect(JSON.parse(run('plan', '--json'))).toContainEqual({ kind: 'unchanged', topic: 'orders' });
  });
});
