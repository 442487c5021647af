import type { ClusterSettings } from '../cluster-settings';
import { NODES_READ, brokersOf } from '../nodes';
import { TOPIC_SOURCES, resolveTopic } from '../../topics/topic';
import { findingIf, type Finding, type Path, type Rule } from '../../../validation/rule';

interface Replication {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
}

export const replicationRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: [...NODES_READ, 'brokers.replicationFactor'],
    check: ({ brokers }) => tooManyReplicas(['brokers'], brokers, brokersOf(brokers).length),
  },
  {
    reads: ['brokers.replicationFactor', 'brokers.minInsyncReplicas'],
    check: ({ brokers }) => noRoomForFailure(['brokers'], brokers),
  },
  {
    reads: [...NODES_READ, 'brokers.internalTopics'],
    check: ({ brokers }) =>
      tooManyReplicas(['brokers', 'internalTopics'], brokers.internalTopics, brokersOf(brokers).length),
  },
  {
    reads: ['brokers.internalTopics'],
    check: ({ brokers }) => noRoomForFailure(['brokers', 'internalTopics'], brokers.internalTopics),
  },
  {
    reads: [...NODES_READ, 'brokers.internalTopics.replicationFactor'],
    check: ({ brokers }) =>
      findingIf(brokersOf(brokers).length >= 3 && brokers.internalTopics.replicationFactor < 3, {
        path: ['brokers', 'internalTopics', 'replicationFactor'],
        message: `with ${brokersOf(brokers).length} brokers, offsets and transactions on fewer than 3 replicas would be the first to be lost`,
        allowed: `3 to ${brokersOf(brokers).length}`,
        fix: 'set brokers.internalTopics.replicationFactor to 3',
      }),
  },
  {
    reads: ['brokers.replicationFactor', 'brokers.minInsyncReplicas', 'brokers.internalTopics.replicationFactor'],
    check: ({ brokers }) => {
      const { replicationFactor } = brokers.internalTopics;
      const least = brokers.minInsyncReplicas;
      const isOwn = least < brokers.replicationFactor && replicationFactor > 1;
      return findingIf(isOwn && least >= replicationFactor, {
        path: ['brokers', 'internalTopics', 'replicationFactor'],
        message:
          `__consumer_offsets has the brokers' min ISR: with ${least} of ${replicationFactor} replicas in sync required, one ` +
          'stopped broker refuses all commits of offsets',
        allowed: `at least ${least + 1}, more than brokers.minInsyncReplicas`,
        fix: `set brokers.internalTopics.replicationFactor to ${brokers.replicationFactor}, or brokers.minInsyncReplicas to ${replicationFactor - 1}`,
      });
    },
  },
  {
    reads: [...TOPIC_SOURCES, ...NODES_READ],
    check: (config) =>
      eachTopic(config, (path, topic) => [
        ...tooManyReplicas(path, topic, brokersOf(config.brokers).length),
        ...noRoomForFailure(path, topic),
      ]),
  },
];

function tooManyReplicas(path: Path, { replicationFactor }: Replication, brokers: number): readonly Finding[] {
  return findingIf(replicationFactor > brokers, {
    path: [...path, 'replicationFactor'],
    inForce: replicationFactor,
    message: `${replicationFactor} replicas need ${replicationFactor} brokers and there are ${brokers}`,
    allowed: `1 to ${brokers}, the number of brokers`,
    fix: `set ${[...path, 'replicationFactor'].join('.')} to ${Math.min(3, brokers)} or raise replicas of a node pool`,
  });
}

/** One replica allows only a min ISR of 1; with more replicas, one broker must be able to stop. */
function noRoomForFailure(path: Path, { replicationFactor, minInsyncReplicas }: Replication): readonly Finding[] {
  const broken = replicationFactor === 1 ? minInsyncReplicas > 1 : minInsyncReplicas >= replicationFactor;
  return findingIf(broken, {
    path: [...path, 'minInsyncReplicas'],
    inForce: minInsyncReplicas,
    message: `with ${minInsyncReplicas} of ${replicationFactor} replicas in sync required, one stopped broker refuses all acks=all writes`,
    allowed: `1 to ${Math.max(1, replicationFactor - 1)}, less than replicationFactor`,
    fix: `set ${[...path, 'minInsyncReplicas'].join('.')} to ${Math.max(1, replicationFactor - 1)}`,
  });
}

function eachTopic(
  config: ClusterSettings,
  check: (path: Path, topic: Replication) => readonly Finding[],
): readonly Finding[] {
  return config.topics.flatMap((topic, index) => {
    // An inherited value is reported once, at the brokers' default.
    if (topic.replicationFactor === undefined && topic.minInsyncReplicas === undefined) return [];
    return check(['topics', index], resolveTopic(topic, config.brokers));
  });
}
