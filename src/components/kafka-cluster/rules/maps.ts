import type { ClusterSettings } from '../cluster-settings';
import { segmentCount } from '../disk-budget';
import { NODES_READ, brokersOf } from '../nodes';
import { TOPIC_SOURCES, resolveTopic } from '../../topics/topic';
import { formatBytes } from '../../../validation/units';
import { findingIf, type Rule } from '../../../validation/rule';

/** Kafka maps the offset index and the time index of each segment. */
const MAPS_OF_SEGMENT = 2;

/** Maps of libraries, of the JVM's own areas and of thread stacks. */
const MAPS_OF_JVM = 5_000;

const LISTED = 3;

export const mapRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: [...TOPIC_SOURCES, 'trafficShare', ...NODES_READ, 'brokers.maxMapCount'],
    check: (config) => {
      const { brokers, topics, trafficShare } = config;
      const counts = topics
        .map((topic) => resolveTopic(topic, brokers))
        .map((topic) => ({ topic, segments: segmentCount(topic, trafficShare) }))
        // Another rule reports topics without bound.
        .filter(({ segments }) => Number.isFinite(segments))
        .sort((a, b) => b.segments - a.segments);
      const segments = Math.ceil(counts.reduce((sum, one) => sum + one.segments, 0) / brokersOf(brokers).length);
      const maps = segments * MAPS_OF_SEGMENT + MAPS_OF_JVM;
      const listed = counts
        .slice(0, LISTED)
        .map(
          (one) =>
            `      ${one.topic.name}: ${one.segments} segments of ${formatBytes(one.topic.segmentBytes)} at most`,
        );
      return findingIf(maps > brokers.maxMapCount, {
        path: ['brokers', 'maxMapCount'],
        message: [
          `a broker would need ${segments} segments x ${MAPS_OF_SEGMENT} maps + ${MAPS_OF_JVM} = ${maps} maps, and ends where there are fewer`,
          ...listed,
        ].join('\n'),
        allowed: `at least ${maps} for these topics, which the nodes must allow (vm.max_map_count)`,
        fix: 'raise segmentBytes or segmentMs of the topics above; or raise vm.max_map_count on all nodes, then brokers.maxMapCount',
      });
    },
  },
];
