import type { ClusterSettings } from '../cluster-settings';
import { NODES_READ, isVoter, votersOf } from '../nodes';
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
    reads: NODES_READ,
    check: ({ brokers }) =>
      findingIf(votersOf(brokers).length === 0, {
        path: ['brokers', 'nodePools'],
        message: 'no node has the role controller: there would be no metadata quorum',
        allowed: 'pools of which at least one has the role controller',
        fix: "give a pool the role controller, or add one: { name: 'controller', roles: ['controller'], firstId: 100 }",
      }),
  },
  {
    reads: NODES_READ,
    check: ({ brokers }) => {
      const { length: voters } = votersOf(brokers);
      const index = brokers.nodePools.findIndex((pool) => isVoter({ pool }));
      const { replicas = 0 } = brokers.nodePools[index] ?? {};
      return findingIf(voters > 0 && voters % 2 === 0, {
        path: ['brokers', 'nodePools', index, 'replicas'],
        message: `${voters} voters survive no more failures than ${voters - 1}: a majority needs one more`,
        allowed: 'an odd number of nodes with the role controller, from 1 to 9',
        fix: `set brokers.nodePools.${index}.replicas to ${replicas - 1} or ${replicas + 1}`,
      });
    },
  },
];
