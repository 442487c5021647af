import { verifyTopics } from '../topics/verify';
import { DESCRIBE_CLUSTER } from '../wire/describe-cluster';
import { DESCRIBE_QUORUM } from '../wire/describe-quorum';
import { ask } from '../wire/request';
import { failed, passed, type Check, type SmokeTarget } from './check';
import { settled } from './settled';

/** Every broker of the configuration is registered and serves clients, in the cluster that was meant. */
export const brokersCheck: Check = {
  name: 'brokers',
  run: ({ config, bootstrap, settleMs }) =>
    settled(settleMs, async () => {
      const { clusterId, brokers } = await ask(bootstrap, DESCRIBE_CLUSTER);
      const expected = config.brokers.quorum.clusterId;
      if (clusterId !== expected) return failed(`this is cluster ${clusterId}, and the configuration says ${expected}`);
      const fenced = brokers.filter(({ isFenced }) => isFenced).map(({ id }) => id);
      const alive = brokers.length - fenced.length;
      const summary = `${alive} of ${config.brokers.count} brokers registered and unfenced in cluster ${clusterId}`;
      if (fenced.length > 0) return failed(`${summary}; fenced: ${fenced.join(', ')}`, brokers);
      return alive === config.brokers.count ? passed(summary, brokers) : failed(summary, brokers);
    }),
};

/** One controller leads, every voter of the configuration votes and has caught up. */
export const quorumCheck: Check = {
  name: 'quorum',
  run: ({ config, bootstrap, settleMs }) =>
    settled(settleMs, async () => {
      const { leaderId, voters } = await ask(bootstrap, DESCRIBE_QUORUM);
      const leader = voters.find(({ replicaId }) => replicaId === leaderId);
      if (leader === undefined) return failed('no controller leads', voters);
      const behind = voters.filter(
        ({ lastCaughtUpTimestamp }) => lastCaughtUpTimestamp < leader.lastCaughtUpTimestamp - LAG_MS,
      );
      const summary = `controller ${leaderId} leads ${voters.length} voters`;
      if (voters.length !== config.brokers.quorum.voters) {
        return failed(`${summary}; the configuration names ${config.brokers.quorum.voters}`, voters);
      }
      if (behind.length > 0)
        return failed(`${summary}; behind: ${behind.map(({ replicaId }) => replicaId).join(', ')}`, voters);
      return passed(`${summary}, all caught up`, voters);
    }),
};

/** The catalogue stands in the cluster as it is written, every partition in sync. */
export const catalogueCheck: Check = {
  name: 'catalogue',
  run: ({ config, bootstrap, settleMs }: SmokeTarget) =>
    settled(settleMs, async () => {
      const mismatches = await verifyTopics({ bootstrap, topics: config.topics });
      return mismatches.length === 0
        ? passed(`${config.topics.length} topics as in the catalogue`)
        : failed(`${mismatches.length} differences: ${mismatches.slice(0, 3).join('; ')}`, mismatches);
    }),
};

/** A voter that has fetched within this time of the leader is caught up. */
const LAG_MS = 2_000n;
