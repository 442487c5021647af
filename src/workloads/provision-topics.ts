import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { bootstrapServers } from '../render/layout';
import { kubernetesLayout } from '../render/kubernetes-layout';
import { applyTopics } from '../topics/apply';
import { untilBrokersServe } from '../topics/until-brokers-serve';
import { mountedConfig } from './environment';

/** The Job that makes the cluster's topics those of the catalogue, as soon as the brokers are there. */
run(async () => {
  const config = mountedConfig();
  const bootstrap = bootstrapServers(kubernetesLayout(config));
  const progress = consoleProgress();
  await progress.step('brokers', (note) => untilBrokersServe({ bootstrap, count: config.brokers.count, note }));
  const { allowPartitionGrowth, delete: toDelete } = config.provisioning;
  await progress.step('topics applied', async (note) => {
    const allow = { partitionGrowth: allowPartitionGrowth, delete: toDelete };
    note((await applyTopics({ bootstrap, topics: config.topics, allow, onProgress: note })).summary);
  });
});
