import { run } from '../console/run';
import { isCaughtUp } from '../components/kafka-cluster/guard/stop-rule';
import { outOfSync } from '../components/topics/live-topics';
import { CLIENT_IDS } from '../protocol/client-ids';
import { DESCRIBE_CLUSTER } from '../protocol/describe-cluster';
import { DESCRIBE_QUORUM } from '../protocol/describe-quorum';
import { METADATA } from '../protocol/metadata';
import { ask } from '../protocol/request';
import { ownGuardSettings } from './guard-settings';

/** Prints the state of the cluster as JSON; for `kubectl exec` in the guard's container. */
run(async () => {
  const { nodes } = ownGuardSettings();
  const bootstrapServers = nodes
    .filter(({ isBroker }) => isBroker)
    .map(({ host, kafkaPort }) => `${host}:${kafkaPort}`);
  const connection = { bootstrapServers, clientId: CLIENT_IDS.describe };
  const { clusterId, brokers } = await ask(connection, DESCRIBE_CLUSTER);
  const quorum = await ask(connection, DESCRIBE_QUORUM);
  const leader = quorum.voters.find(({ replicaId }) => replicaId === quorum.leaderId);
  const topics = await ask(connection, METADATA);
  const leaders = topics.flatMap(({ partitions }) => partitions.map(({ leaderId }) => leaderId));
  const description = {
    clusterId,
    activeController: quorum.leaderId,
    voters: quorum.voters
      .map((voter) => ({ id: voter.replicaId, isCaughtUp: leader !== undefined && isCaughtUp(voter, leader) }))
      .sort((a, b) => a.id - b.id),
    brokers: brokers
      .map(({ id, isFenced }) => ({ id, isFenced, leads: leaders.filter((leader) => leader === id).length }))
      .sort((a, b) => a.id - b.id),
    topics: topics.map(({ name }) => name),
    outOfSync: topics.flatMap(outOfSync),
    offline: topics.flatMap(({ name, partitions }) =>
      partitions.filter(({ leaderId }) => leaderId < 0).map(({ partition }) => `${name}-${partition}`),
    ),
  };
  console.log(JSON.stringify(description));
});
