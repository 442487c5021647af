import type { Reading } from '../../src/components/kafka-cluster/guard/node-reader';

/** Enough of a healthy cluster for the rule, which has tests of its own. */
export const clusterWith = (inSyncReplicas: readonly number[]): Reading => ({
  isOwnDown: false,
  views: [
    {
      quorum: {
        leaderId: 1,
        leaderEpoch: 1,
        highWatermark: 1n,
        voters: [0, 1, 2].map((replicaId) => ({
          replicaId,
          logEndOffset: 1n,
          lastFetchTimestamp: 1n,
          lastCaughtUpTimestamp: 1n,
        })),
      },
      partitions: [
        {
          topic: 'orders',
          partition: 0,
          leaderId: 1,
          leaderEpoch: 0,
          replicas: [0, 1, 2],
          inSyncReplicas,
          minInsyncReplicas: 2,
        },
      ],
    },
  ],
});
