import type { SchemaRegistryConfig } from './config';
import { SCHEMA_REGISTRY } from './names';
import { registryProvider } from './provider';
import { topicTarget } from '../kafka-cluster/topic-target';
import { verifyTopics } from '../topics/verify';
import { failed, passed, skipped } from '../outcome';
import type { Check } from '../../smoke/check';
import { settled } from '../../smoke/settled';

/**
 * Checks that the registry's topics cannot lose records: they are replicated like Kafka's internal topics and have
 * unlimited retention.
 */
export const registryTopicsCheck: Check<SchemaRegistryConfig> = {
  name: 'registry topics',
  run: ({ config, connection, services, settleMs }) => {
    if (services[SCHEMA_REGISTRY] === undefined)
      return Promise.resolve(skipped('this platform has no schema registry'));
    const topics = registryProvider(config)?.topics ?? [];
    const { replicationFactor, minInsyncReplicas } = config.brokers.internalTopics;
    return settled(settleMs, async () => {
      const differences = await verifyTopics({ ...topicTarget(config, connection), topics });
      if (differences.length > 0) return failed(differences.join('; '), differences);
      const names = topics.map(({ name }) => name).join(', ');
      return passed(`${names} at RF ${replicationFactor} and min ISR ${minInsyncReplicas}, with unlimited retention`);
    });
  },
};
