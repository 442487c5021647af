import { findingIf, type Rule } from './rule';

/**
 * Ids that stand in documentation, images and examples, and Kafka's reserved ones: clusters that share an id take
 * each other's disks for their own.
 */
const KNOWN_CLUSTER_IDS = new Set([
  '5L6g3nShT-eMCtK--X86sw',
  '4L6g3nShT-eMCtK--X86sw',
  'MkU3OEVBNTcwNTJENDM2Qg',
  'MkU3OEVBNTcwNTJENDM2Qk',
  'ciWo7IWazngRchmPES6q5A',
  'AAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAQ',
]);

const NEW_ID = 'make one with `npm run platform -- new-cluster-id`';
const CLUSTER_ID = ['brokers', 'quorum', 'clusterId'] as const;

export const quorumRules: readonly Rule[] = [
  {
    reads: ['brokers.quorum.clusterId'],
    check: ({ brokers }) =>
      findingIf(brokers.quorum.clusterId.startsWith('-'), {
        path: CLUSTER_ID,
        message: 'command lines take a leading dash for an option (KAFKA-15754)',
        allowed: 'an id that does not begin with a dash',
        fix: NEW_ID,
      }),
  },
  {
    reads: ['brokers.quorum.clusterId'],
    check: ({ brokers }) =>
      findingIf(KNOWN_CLUSTER_IDS.has(brokers.quorum.clusterId), {
        path: CLUSTER_ID,
        message: 'this id is a published sample or reserved; clusters that share an id accept each other’s disks',
        allowed: 'an id of this cluster alone',
        fix: NEW_ID,
      }),
  },
  {
    reads: ['brokers.count'],
    check: ({ brokers }) =>
      findingIf(brokers.count % 2 === 0, {
        path: ['brokers', 'count'],
        message: `${brokers.count} voters survive no more failures than ${brokers.count - 1}: a majority needs one more`,
        allowed: 'an odd number from 1 to 9',
        fix: `set brokers.count to ${brokers.count - 1} or ${brokers.count + 1}`,
      }),
  },
  {
    reads: ['brokers.count', 'brokers.quorum.voters'],
    check: ({ brokers }) =>
      findingIf(brokers.count !== brokers.quorum.voters, {
        path: ['brokers', 'quorum', 'voters'],
        message:
          `the cluster was formed with ${brokers.quorum.voters} voters and brokers.count is ${brokers.count}: ` +
          'static voters of a formed quorum never change in place, it could elect two leaders',
        allowed: `${brokers.count}, and only together with a new cluster id`,
        fix: 'restore brokers.count, or form a new cluster: new clusterId, voters equal to brokers.count, then move the data',
      }),
  },
];
