import { setTimeout as delay } from 'node:timers/promises';
import { ConfigResourceTypes, type Admin, type Kafka } from 'kafkajs';
import { failed, passed, type Check, type SmokeTarget } from './check';
import { quietKafka, withAdmin } from '../client/quiet-kafka';

const OFFSETS = '__consumer_offsets';
const TRANSACTIONS = '__transaction_state';
const REQUIRED = [OFFSETS, TRANSACTIONS];
const WHEN_USED = '__share_group_state';

const WITHIN_MS = 20_000;
const POLL_MS = 250;

/** Offsets and transactions are as safe as the data: made on first use, they are used first. */
export const internalTopicsCheck: Check = {
  name: 'internal topics',
  async run({ config, bootstrap, kafka, run }: SmokeTarget) {
    await useBoth(quietKafka(bootstrap), run);
    const { replicationFactor, minInsyncReplicas } = config.brokers.internalTopics;
    return withAdmin(kafka, async (admin) => {
      const found = await internalTopics(admin);
      const missing = REQUIRED.filter((name) => !found.some((topic) => topic.name === name));
      const wrong = found.filter(
        (topic) => topic.replicationFactor !== replicationFactor || topic.minInsyncReplicas !== minInsyncReplicas,
      );
      const wanted = `RF ${replicationFactor} and min ISR ${minInsyncReplicas}`;
      if (missing.length > 0) return failed(`missing: ${missing.join(', ')}`, found);
      if (wrong.length === 0) return passed(`${found.map(({ name }) => name).join(', ')} at ${wanted}`, found);
      const is = wrong.map(
        (topic) => `${topic.name} at RF ${topic.replicationFactor} and min ISR ${topic.minInsyncReplicas}`,
      );
      return failed(`${is.join('; ')}; wanted: ${wanted}`, found);
    });
  },
};

/** An empty transaction and a look at a group's offsets make the brokers create both topics. */
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
  await withAdmin(kafka, async (admin) => {
    const deadline = Date.now() + WITHIN_MS;
    while (!(await bothExist(admin, run)) && Date.now() < deadline) await delay(POLL_MS);
  });
}

async function bothExist(admin: Admin, run: string): Promise<boolean> {
  // Fails until the partition of the group has a leader; the topic is being made meanwhile.
  await admin.fetchOffsets({ groupId: `platform-smoke-${run}` }).catch(() => undefined);
  const names = await admin.listTopics();
  return REQUIRED.every((name) => names.includes(name));
}

async function internalTopics(admin: Admin) {
  const names = await admin.listTopics();
  const present = [...REQUIRED, WHEN_USED].filter((name) => names.includes(name));
  const { topics } = await admin.fetchTopicMetadata({ topics: present });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: present.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames: ['min.insync.replicas'] })),
  });
  return topics.map(({ name, partitions }) => ({
    name,
    replicationFactor: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    minInsyncReplicas: Number(
      resources.find(({ resourceName }) => resourceName === name)?.configEntries[0]?.configValue,
    ),
  }));
}
