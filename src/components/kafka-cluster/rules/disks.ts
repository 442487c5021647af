import type { ClusterSettings } from '../cluster-settings';
import { diskCapacity, diskNeed, diskNeeds } from '../disk-budget';
import { NODES_READ, isBroker, smallestClaim } from '../nodes';
import { TOPIC_SOURCES, resolveTopic } from '../../topics/topic';
import { formatBytes } from '../../../validation/units';
import { findingIf, type Rule } from '../../../validation/rule';

const LISTED = 5;
const READS = [...TOPIC_SOURCES, 'trafficShare', ...NODES_READ, 'brokers.nodePools.*.storage'];

export const diskRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: READS,
    check: (config) =>
      config.topics.flatMap((topic, index) => {
        const need = diskNeed(resolveTopic(topic, config.brokers), config.trafficShare);
        return findingIf(need.bytes === Infinity, {
          path: ['topics', index],
          message: `nothing bounds the disk that '${topic.name}' takes, so it cannot be held against the claims`,
          allowed: 'a topic with retentionBytes, or expectedIngress and a retentionMs, or expectedSize when compacted',
          fix:
            topic.cleanupPolicy === 'delete'
              ? `give '${topic.name}' an expectedIngress or a retentionBytes`
              : `give '${topic.name}' an expectedSize`,
        });
      }),
  },
  {
    reads: READS,
    check: (config) => {
      const needs = diskNeeds(config).filter(({ bytes }) => Number.isFinite(bytes));
      const needed = needs.reduce((sum, { bytes }) => sum + bytes, 0);
      const capacity = diskCapacity(config);
      const listed = needs.slice(0, LISTED).map(({ topic, arithmetic }) => `      ${topic}: ${arithmetic}`);
      if (needs.length > LISTED) listed.push(`      and ${needs.length - LISTED} smaller topics`);
      const perClaim = Math.ceil(((needed / capacity.bytes) * smallestClaim(config.brokers)) / 2 ** 30);
      return findingIf(needed > capacity.bytes, {
        path: [
          'brokers',
          'nodePools',
          config.brokers.nodePools.findIndex((pool) => isBroker({ pool })),
          'storage',
          'size',
        ],
        message: [
          `retention cannot fit the disks: the topics need ${formatBytes(needed)}, the brokers have ${capacity.arithmetic}`,
          ...listed,
        ].join('\n'),
        allowed: `claims of at least ${perClaim} GiB for these topics`,
        fix: 'raise storage.size of the node pools, or lower retentionMs, retentionBytes or expectedIngress of the topics above',
      });
    },
  },
];
