import { diskCapacity, diskNeed, diskNeeds } from '../disk-budget';
import { resolveTopic } from '../topics';
import { formatBytes } from '../units';
import { findingIf, type Rule } from './rule';

const LISTED = 5;
const READS = [
  'topics',
  'trafficShare',
  'brokers.count',
  'brokers.storage',
  'brokers.replicationFactor',
  'brokers.retentionMs',
  'brokers.segmentBytes',
];

export const diskRules: readonly Rule[] = [
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
      const perClaim = Math.ceil(((needed / capacity.bytes) * config.brokers.storage.size) / 2 ** 30);
      return findingIf(needed > capacity.bytes, {
        path: ['brokers', 'storage', 'size'],
        message: [
          `retention cannot fit the disks: the topics need ${formatBytes(needed)}, the brokers have ${capacity.arithmetic}`,
          ...listed,
        ].join('\n'),
        allowed: `claims of at least ${perClaim} GiB for these topics`,
        fix: 'raise brokers.storage.size, or lower retentionMs, retentionBytes or expectedIngress of the topics above',
      });
    },
  },
];
