import type { ParsedPlatform } from '../schema';
import { resolveTopic } from '../topics';
import { findingIf, type Finding, type Path, type Rule } from './rule';

interface Replication {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
}

export const replicationRules: readonly Rule[] = [
  {
    reads: ['brokers.count', 'brokers.replicationFactor'],
    check: ({ brokers }) => tooManyReplicas(['brokers'], brokers, brokers.count),
  },
  {
    reads: ['brokers.replicationFactor', 'brokers.minInsyncReplicas'],
    check: ({ brokers }) => noRoomForFailure(['brokers'], brokers),
  },
  {
    reads: ['brokers.count', 'brokers.internalTopics'],
    check: ({ brokers }) => tooManyReplicas(['brokers', 'internalTopics'], brokers.internalTopics, brokers.count),
  },
  {
    reads: ['brokers.internalTopics'],
    check: ({ brokers }) => noRoomForFailure(['brokers', 'internalTopics'], brokers.internalTopics),
  },
  {
    reads: ['brokers.count', 'brokers.internalTopics.replicationFactor'],
    check: ({ brokers }) =>
      findingIf(brokers.count >= 3 && brokers.internalTopics.replicationFactor < 3, {
        path: ['brokers', 'internalTopics', 'replicationFactor'],
        message: `with ${brokers.count} brokers, offsets and transactions on fewer than 3 replicas would be the first to be lost`,
        allowed: `3 to ${brokers.count}`,
        fix: 'set brokers.internalTopics.replicationFactor to 3',
      }),
  },
  {
    reads: ['topics', 'brokers.count', 'brokers.replicationFactor', 'brokers.minInsyncReplicas'],
    check: (config) =>
      eachTopic(config, (path, topic) => [
        ...tooManyReplicas(path, topic, config.brokers.count),
        ...noRoomForFailure(path, topic),
      ]),
  },
];

function tooManyReplicas(path: Path, { replicationFactor }: Replication, brokers: number): readonly Finding[] {
  return findingIf(replicationFactor > brokers, {
    path: [...path, 'replicationFactor'],
    message: `${replicationFactor} replicas need ${replicationFactor} brokers and there are ${brokers}`,
    allowed: `1 to ${brokers}, the number of brokers`,
    fix: `set ${[...path, 'replicationFactor'].join('.')} to ${Math.min(3, brokers)} or raise brokers.count`,
  });
}

/** With one replica, one in sync is all there can be; everywhere else a broker has to be able to stop. */
function noRoomForFailure(path: Path, { replicationFactor, minInsyncReplicas }: Replication): readonly Finding[] {
  const broken = replicationFactor === 1 ? minInsyncReplicas > 1 : minInsyncReplicas >= replicationFactor;
  return findingIf(broken, {
    path: [...path, 'minInsyncReplicas'],
    message: `with ${minInsyncReplicas} of ${replicationFactor} replicas in sync required, one stopped broker refuses all acks=all writes`,
    allowed: `1 to ${Math.max(1, replicationFactor - 1)}, less than replicationFactor`,
    fix: `set ${[...path, 'minInsyncReplicas'].join('.')} to ${Math.max(1, replicationFactor - 1)}`,
  });
}

function eachTopic(
  config: ParsedPlatform,
  check: (path: Path, topic: Replication) => readonly Finding[],
): readonly Finding[] {
  return config.topics.flatMap((topic, index) => {
    // What a topic inherits is reported once, at the brokers' default.
    if (topic.replicationFactor === undefined && topic.minInsyncReplicas === undefined) return [];
    return check(['topics', index], resolveTopic(topic, config.brokers));
  });
}
