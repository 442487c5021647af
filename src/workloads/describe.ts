import { run } from '../console/run';
import type { GuardSettings } from '../render/guard-settings';
import { outOfSync } from '../topics/live-topics';
import { DESCRIBE_CLUSTER } from '../wire/describe-cluster';
import { DESCRIBE_QUORUM } from '../wire/describe-quorum';
import { METADATA } from '../wire/metadata';
import { ask } from '../wire/request';
import { jsonFile } from './environment';

/** How the cluster stands, as JSON; for `kubectl exec` in a guard's container. */
run(async () => {
  const { nodes } = jsonFile('GUARD_SETTINGS') as GuardSettings;
  const bootstrap = nodes.map(({ host, kafkaPort }) => `${host}:${kafkaPort}`);
  const { clusterId, brokers } = await ask(bootstrap, DESCRIBE_CLUSTER);
  const quorum = await ask(bootstrap, DESCRIBE_QUORUM);
  const topics = await ask(bootstrap, METADATA);
  const leaders = topics.flatMap(({ partitions }) => partitions.map(({ leaderId }) => leaderId));
  const description = {
    clusterId,
    activeController: quorum.leaderId,
    brokers: brokers
      .map(({ id, isFenced }) => ({ id, isFenced, leads: leaders.filter((leader) => leader === id).length }))
      .sort((a, b) => a.id - b.id),
    topics: topics.map(({ name }) => name),
    outOfSync: topics.flatMap(outOfSync),
  };
  console.log(JSON.stringify(description));
});
