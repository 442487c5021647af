import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { connectionTo } from '../components/kafka-cluster/layout';
import { kubernetesLayout } from '../components/kafka-cluster/kubernetes-layout';
import { applyTopics } from '../components/topics/apply';
import { brokersOf } from '../components/kafka-cluster/nodes';
import { topicTarget } from '../components/kafka-cluster/topic-target';
import { untilBrokersServe } from '../components/topics/until-brokers-serve';
import { CLIENT_IDS } from '../protocol/client-ids';
import { mountedConfig } from './mounted-config';

/** The Job that applies the catalogue of topics to the cluster as soon as the brokers serve. */
run(async () => {
  const config = mountedConfig();
  const connection = connectionTo(kubernetesLayout(config), CLIENT_IDS.topics);
  const progress = consoleProgress();
  await progress.step('brokers', (note) =>
    untilBrokersServe({ connection, count: brokersOf(config.brokers).length, note }),
  );
  const { allowPartitionGrowth, allowDataLoss, delete: toDelete } = config.provisioning;
  await progress.step('topics applied', async (note) => {
    const allow = { partitionGrowth: allowPartitionGrowth, delete: toDelete, dataLoss: allowDataLoss };
    note((await applyTopics({ ...topicTarget(config, connection), allow, onProgress: note })).summary);
  });
});
