import { resolveTopic } from '../topics';
import { FOREVER, formatBytes } from '../units';
import { findingIf, type Rule } from './rule';

export const topicRules: readonly Rule[] = [
  {
    reads: ['topics'],
    check: ({ topics }) =>
      topics.flatMap(({ name }, index) => {
        const first = topics.findIndex((other) => metricName(other.name) === metricName(name));
        const other = topics[first]?.name ?? name;
        return findingIf(first < index, {
          path: ['topics', index, 'name'],
          message:
            other === name
              ? `topic '${name}' stands twice`
              : `'${name}' and '${other}' have the same name in metrics, where dots become underscores; Kafka refuses the second`,
          allowed: 'names that differ in more than dots and underscores',
          fix: `rename or remove topics.${index}`,
        });
      }),
  },
  {
    reads: ['topics'],
    check: ({ topics }) =>
      topics.flatMap(({ name }, index) =>
        findingIf(name.startsWith('__'), {
          path: ['topics', index, 'name'],
          message: 'names with two leading underscores are those of Kafka’s internal topics',
          allowed: 'a name that does not begin with __',
          fix: `rename topics.${index}`,
        }),
      ),
  },
  {
    reads: ['topics'],
    check: ({ topics }) =>
      topics.flatMap(({ name, keyed, cleanupPolicy }, index) =>
        findingIf(cleanupPolicy !== 'delete' && !keyed, {
          path: ['topics', index, 'keyed'],
          message: `'${name}' is compacted by key, and brokers refuse records without one`,
          allowed: 'true for a compacted topic',
          fix: `set topics.${index}.keyed to true, or its cleanupPolicy to delete`,
        }),
      ),
  },
  {
    reads: ['topics', 'brokers.segmentBytes'],
    check: ({ topics, brokers }) =>
      topics.flatMap((topic, index) => {
        const { retentionBytes, segmentBytes } = resolveTopic(topic, brokers);
        return findingIf(retentionBytes !== undefined && retentionBytes < segmentBytes, {
          path: ['topics', index, 'retentionBytes'],
          message: `only closed segments are deleted, and one has ${formatBytes(segmentBytes)}: this limit would never hold`,
          allowed: `at least segmentBytes, ${formatBytes(segmentBytes)}`,
          fix: `raise retentionBytes or lower topics.${index}.segmentBytes`,
        });
      }),
  },
  {
    reads: ['topics'],
    check: ({ topics }) =>
      topics.flatMap(({ cleanupPolicy, retentionMs }, index) =>
        findingIf(cleanupPolicy === 'compact' && retentionMs !== undefined && retentionMs !== FOREVER, {
          path: ['topics', index, 'retentionMs'],
          message: 'a topic that is only compacted never deletes by age, so this retention would not hold',
          allowed: 'no retentionMs, or the cleanup policy "compact,delete"',
          fix: `remove topics.${index}.retentionMs or set its cleanupPolicy to "compact,delete"`,
        }),
      ),
  },
  {
    reads: ['topics', 'brokers.socketRequestMax'],
    check: ({ topics, brokers }) =>
      topics.flatMap(({ settings }, index) =>
        findingIf((settings.maxMessageBytes ?? 0) > brokers.socketRequestMax, {
          path: ['topics', index, 'settings', 'maxMessageBytes'],
          message: 'a record of this size does not fit the largest request that brokers take',
          allowed: `at most brokers.socketRequestMax, ${formatBytes(brokers.socketRequestMax)}`,
          fix: `lower topics.${index}.settings.maxMessageBytes or raise brokers.socketRequestMax`,
        }),
      ),
  },
];

/** Topic names as they appear in metric names. */
const metricName = (topic: string): string => topic.replaceAll('.', '_');
