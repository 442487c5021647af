import { poll } from '../../../waiting/poll';
import type { KafkaConnection } from '../../../protocol/connection';
import type { Admin, Kafka } from 'kafkajs';
import type { KafkaClusterConfig } from '../config';
import { failed, passed } from '../../outcome';
import type { Check, SmokeTarget } from '../../../smoke/check';
import { connectKafka, withAdmin } from '../../../client/kafka-client';
import { describeTopicConfigs } from '../../../protocol/describe-topic-configs';
import { METADATA } from '../../../protocol/metadata';
import { ask } from '../../../protocol/request';
import { commandLine } from '../../../validation/command-line';

const OFFSETS = '__consumer_offsets';
const TRANSACTIONS = '__transaction_state';
const REQUIRED = [OFFSETS, TRANSACTIONS];
const WHEN_USED = '__share_group_state';

/** Required settings; other values lose offsets and transactions. */
const LASTING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [OFFSETS]: { 'cleanup.policy': 'compact', 'unclean.leader.election.enable': 'false' },
  [TRANSACTIONS]: { 'cleanup.policy': 'compact', 'unclean.leader.election.enable': 'false' },
  [WHEN_USED]: { 'unclean.leader.election.enable': 'false' },
};

const MIN_ISR = 'min.insync.replicas';

const WITHIN_MS = 20_000;
const POLL_MS = 250;

/** Checks that offsets and transactions are as safe as the data. Brokers create both topics on first use, so it uses them. */
export const internalTopicsCheck: Check<KafkaClusterConfig> = {
  name: 'internal topics',
  async run({ config, connection, run }: SmokeTarget<KafkaClusterConfig>) {
    await useBoth(connectKafka(connection), run);
    const found = await internalTopics(connection);
    const missing = REQUIRED.filter((name) => !found.some((topic) => topic.name === name));
    if (missing.length > 0) return failed(`missing: ${missing.join(', ')}`, found);
    const wrong = found.filter((topic) => shape(topic) !== shape(configured(topic.name, config.brokers)));
    const forgetting = found.flatMap(({ differences }) => differences);
    if (wrong.length + forgetting.length === 0) return passed(byShape(found), found);
    const wanted = wrong.map(({ name }) => ({ name, ...configured(name, config.brokers) }));
    const replicated = wrong.length === 0 ? [] : [`${byShape(wrong)}; wanted: ${byShape(wanted)}${offsetsFix(wrong)}`];
    return failed([...replicated, ...forgetting].join('; '), found);
  },
};

interface Replication {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
}

/** Kafka has no property for the min ISR of the offsets topic, which therefore has the brokers' default. */
function configured(name: string, { internalTopics, minInsyncReplicas }: KafkaClusterConfig['brokers']): Replication {
  return name === OFFSETS ? { ...internalTopics, minInsyncReplicas } : internalTopics;
}

const shape = ({ replicationFactor, minInsyncReplicas }: Replication): string =>
  `RF ${replicationFactor} and min ISR ${minInsyncReplicas}`;

/** Lists topics with the same replication together. */
function byShape(topics: readonly (Replication & { readonly name: string })[]): string {
  const alike = (one: string) => topics.filter((topic) => shape(topic) === one).map(({ name }) => name);
  return [...new Set(topics.map(shape))].map((one) => `${alike(one).join(', ')} at ${one}`).join('; ');
}

/** Running brokers can have another default than their files. */
const offsetsFix = (wrong: readonly { readonly name: string }[]): string =>
  wrong.some(({ name }) => name === OFFSETS)
    ? `; brokers may keep another ${MIN_ISR} than their files: ${commandLine('cluster-config plan')}`
    : '';

/** Makes the brokers create both topics, by an empty transaction and a request for a group's offsets. */
async function useBoth(kafka: Kafka, run: string): Promise<void> {
  const producer = kafka.producer({
    transactionalId: `platform-smoke-${run}`,
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  try {
    const transaction = await producer.transaction();
    await transaction.abort();
  } finally {
    await producer.disconnect();
  }
  await withAdmin(kafka, (admin) =>
    poll(() => bothExist(admin, run), { until: Boolean, withinMs: WITHIN_MS, everyMs: POLL_MS }),
  );
}

async function bothExist(admin: Admin, run: string): Promise<boolean> {
  // Fails until the group's partition has a leader; the brokers create the topic meanwhile.
  await admin.fetchOffsets({ groupId: `platform-smoke-${run}` }).catch(() => undefined);
  const names = await admin.listTopics();
  return REQUIRED.every((name) => names.includes(name));
}

async function internalTopics(connection: KafkaConnection) {
  const present = (await ask(connection, METADATA)).filter(({ name }) => Object.hasOwn(LASTING, name));
  const settings = [MIN_ISR, ...new Set(Object.values(LASTING).flatMap((each) => Object.keys(each)))];
  const names = present.map(({ name }) => name);
  const described = names.length === 0 ? [] : await ask(connection, describeTopicConfigs(names, settings));
  return present.map(({ name, partitions }) => {
    const live = described.find(({ topic }) => topic === name)?.settings ?? {};
    return {
      name,
      replicationFactor: Math.min(...partitions.map(({ replicas }) => replicas.length)),
      minInsyncReplicas: Number(live[MIN_ISR]?.value),
      differences: Object.entries(LASTING[name] ?? {}).flatMap(([setting, value]) => {
        const is = live[setting]?.value ?? '(unknown)';
        return is === value
          ? []
          : [`${name}: ${setting} is ${is} instead of ${value}; ${correction(name, setting, value)}`];
      }),
    };
  });
}

const correction = (topic: string, setting: string, value: string): string =>
  `kafka-configs.sh --alter --entity-type topics --entity-name ${topic} --add-config ${setting}=${value}`;
