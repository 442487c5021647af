import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { bootstrapServers } from '../render/layout';
import { kubernetesLayout } from '../render/kubernetes-layout';
import { registryProvider } from '../render/registry-provider';
import { createMissing } from '../topics/create-missing';
import { untilBrokersServe } from '../topics/until-brokers-serve';
import { mountedConfig } from './environment';

/** Ends when the registry can start: brokers serve, as it may not recover when it meets none, and its topics are there. */
run(async () => {
  const config = mountedConfig();
  const bootstrap = bootstrapServers(kubernetesLayout(config));
  const progress = consoleProgress();
  const { replicationFactor: count, minInsyncReplicas: enough } = config.brokers.internalTopics;
  await progress.step('brokers', (note) => untilBrokersServe({ bootstrap, count, enough, note }));
  await progress.step('topics of the registry', async (note) => {
    const made = await createMissing({ bootstrap, topics: registryProvider(config)?.topics ?? [] });
    note(made.length === 0 ? 'all there' : `made ${made.join(', ')}`);
  });
});
