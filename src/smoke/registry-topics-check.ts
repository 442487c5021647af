import { registryProvider } from '../render/registry-provider';
import { verifyTopics } from '../topics/verify';
import { failed, passed, skipped, type Check } from './check';
import { settled } from './settled';

/** The registry's own topics lose nothing: replicated as Kafka's own, and kept for ever. */
export const registryTopicsCheck: Check = {
  name: 'registry topics',
  run: ({ config, bootstrap, services, settleMs }) => {
    if (services.registry === undefined) return Promise.resolve(skipped('no schema registry here'));
    const topics = registryProvider(config)?.topics ?? [];
    const { replicationFactor, minInsyncReplicas } = config.brokers.internalTopics;
    return settled(settleMs, async () => {
      const differences = await verifyTopics({ bootstrap, topics });
      if (differences.length > 0) return failed(differences.join('; '), differences);
      const names = topics.map(({ name }) => name).join(', ');
      return passed(`${names} at RF ${replicationFactor} and min ISR ${minInsyncReplicas}, kept for ever`);
    });
  },
};
