import type { KafkaClusterConfig } from '../config';
import { brokersOf, votersOf } from '../nodes';
import { topicTarget } from '../topic-target';
import { verifyTopics } from '../../topics/verify';
import { DESCRIBE_CLUSTER } from '../../../protocol/describe-cluster';
import { DESCRIBE_QUORUM } from '../../../protocol/describe-quorum';
import { ask } from '../../../protocol/request';
import { failed, passed } from '../../outcome';
import type { Check, SmokeTarget } from '../../../smoke/check';
import { settled } from '../../../smoke/settled';

/** Checks that all configured brokers are registered and unfenced, in the configured cluster. */
export const brokersCheck: Check<KafkaClusterConfig> = {
  name: 'brokers',
  run: ({ config, connection, settleMs }) =>
    settled(settleMs, async () => {
      const { clusterId, brokers } = await ask(connection, DESCRIBE_CLUSTER);
      const expected = config.brokers.clusterId;
      if (clusterId !== expected) return failed(`this is cluster ${clusterId}, and the configuration says ${expected}`);
      const fenced = brokers.filter(({ isFenced }) => isFenced).map(({ id }) => id);
      const alive = brokers.length - fenced.length;
      const configured = brokersOf(config.brokers).length;
      const summary = `${alive} of ${configured} brokers registered and unfenced in cluster ${clusterId}`;
      if (fenced.length > 0) return failed(`${summary}; fenced: ${fenced.join(', ')}`, brokers);
      return alive === configured ? passed(summary, brokers) : failed(summary, brokers);
    }),
};

/** Checks that a controller leads, and that all configured voters take part and are caught up. */
export const quorumCheck: Check<KafkaClusterConfig> = {
  name: 'quorum',
  run: ({ config, connection, settleMs }) =>
    settled(settleMs, async () => {
      const { leaderId, voters } = await ask(connection, DESCRIBE_QUORUM);
      const leader = voters.find(({ replicaId }) => replicaId === leaderId);
      if (leader === undefined) return failed('no controller leads', voters);
      const behind = voters.filter(
        ({ lastCaughtUpTimestamp }) => lastCaughtUpTimestamp < leader.lastCaughtUpTimestamp - LAG_MS,
      );
      const summary = `controller ${leaderId} leads ${voters.length} voters`;
      const configured = votersOf(config.brokers).length;
      if (voters.length !== configured) {
        return failed(`${summary}; the configuration names ${configured}`, voters);
      }
      if (behind.length > 0)
        return failed(`${summary}; behind: ${behind.map(({ replicaId }) => replicaId).join(', ')}`, voters);
      return passed(`${summary}, all caught up`, voters);
    }),
};

/** Checks that the cluster's topics match the catalogue, with every partition in sync. */
export const catalogueCheck: Check<KafkaClusterConfig> = {
  name: 'catalogue',
  run: ({ config, connection, settleMs }: SmokeTarget<KafkaClusterConfig>) =>
    settled(settleMs, async () => {
      const mismatches = await verifyTopics(topicTarget(config, connection));
      return mismatches.length === 0
        ? passed(`${config.topics.length} topics as in the catalogue`)
        : failed(`${mismatches.length} differences: ${mismatches.slice(0, 3).join('; ')}`, mismatches);
    }),
};

/** Maximum lag of a voter that counts as caught up. */
const LAG_MS = 2_000n;
