import type { ClusterSettings } from '../cluster-settings';
import { NODES_READ, votersOf } from '../nodes';
import { eachPool } from './each-pool';
import { findingIf, type Rule } from '../../../validation/rule';
import { commandLine } from '../../../validation/command-line';

/**
 * Ids from documentation, images and examples, and Kafka's reserved ones: clusters that share an id accept each other's
 * disks.
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

const NEW_ID = `create one with \`${commandLine('platform new-cluster-id')}\``;
const CLUSTER_ID = ['brokers', 'clusterId'] as const;

export const quorumRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers.clusterId'],
    check: ({ brokers }) =>
      findingIf(brokers.clusterId.startsWith('-'), {
        path: CLUSTER_ID,
        message: 'command lines take a leading dash for an option (KAFKA-15754)',
        allowed: 'an id that does not begin with a dash',
        fix: NEW_ID,
      }),
  },
  {
    reads: ['brokers.clusterId'],
    check: ({ brokers }) =>
      findingIf(KNOWN_CLUSTER_IDS.has(brokers.clusterId), {
        path: CLUSTER_ID,
        message: 'this id is a published sample or reserved; clusters that share an id accept each other’s disks',
        allowed: 'an id of this cluster alone',
        fix: NEW_ID,
      }),
  },
  {
    reads: ['brokers.nodePools.*.name'],
    check: ({ brokers: { nodePools } }) =>
      findingIf(nodePools.length > 1, {
        path: ['brokers', 'nodePools'],
        message: 'further pools are not supported yet',
        allowed: 'one pool',
        fix: 'remove all pools but the first',
      }),
  },
  {
    reads: ['brokers.nodePools.*.roles'],
    check: ({ brokers }) =>
      eachPool(brokers, (path, { roles }) =>
        findingIf(new Set(roles).size !== 2 || roles.length !== 2, {
          path: [...path, 'roles'],
          message: 'dedicated controllers and brokers are not supported yet: each node is both',
          allowed: 'controller and broker, each once',
          fix: `leave ${path.join('.')}.roles out`,
        }),
      ),
  },
  {
    reads: NODES_READ,
    check: ({ brokers }) => {
      const { length: voters } = votersOf(brokers);
      return findingIf(voters > 0 && voters % 2 === 0, {
        path: ['brokers', 'nodePools', 0, 'replicas'],
        message: `${voters} voters survive no more failures than ${voters - 1}: a majority needs one more`,
        allowed: 'an odd number from 1 to 9',
        fix: `set brokers.nodePools.0.replicas to ${voters - 1} or ${voters + 1}`,
      });
    },
  },
];
