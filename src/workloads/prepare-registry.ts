import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { connectionTo } from '../components/kafka-cluster/layout';
import { kubernetesLayout } from '../components/kafka-cluster/kubernetes-layout';
import { registryProvider } from '../components/schema-registry/provider';
import { createMissing } from '../components/topics/create-missing';
import { untilBrokersServe } from '../components/topics/until-brokers-serve';
import { CLIENT_IDS } from '../protocol/client-ids';
import { mountedConfig } from './mounted-config';

/**
 * Ends when the registry can start: enough brokers serve and the registry's topics exist. A registry that starts
 * without brokers may not recover.
 */
run(async () => {
  const config = mountedConfig();
  const connection = connectionTo(kubernetesLayout(config), CLIENT_IDS.topics);
  const progress = consoleProgress();
  const { replicationFactor: count, minInsyncReplicas: enough } = config.brokers.internalTopics;
  await progress.step('brokers', (note) => untilBrokersServe({ connection, count, enough, note }));
  await progress.step('topics of the registry', async (note) => {
    const made = await createMissing({ connection, topics: registryProvider(config)?.topics ?? [] });
    note(made.length === 0 ? 'all there' : `made ${made.join(', ')}`);
  });
});
