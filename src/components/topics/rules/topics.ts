import type { TopicsSettings } from '../topics-settings';
import { MESSAGE_MAX_PROPERTY, messageLimit } from '../message-limits';
import type { ParsedTopic } from '../props';
import { TOPIC_SOURCES, resolveTopic } from '../topic';
import { FOREVER, formatBytes } from '../../../validation/units';
import { findingIf, type Rule } from '../../../validation/rule';

export const topicRules: readonly Rule<TopicsSettings>[] = [
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
              ? `topic '${name}' occurs twice`
              : `'${name}' and '${other}' have the same name in metrics, where dots become underscores; Kafka rejects the second`,
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
          message: 'names with two leading underscores are reserved for Kafka’s internal topics',
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
          message: `'${name}' is compacted by key, and brokers reject records without a key`,
          allowed: 'true for a compacted topic',
          fix: `set topics.${index}.keyed to true, or its cleanupPolicy to delete`,
        }),
      ),
  },
  {
    reads: TOPIC_SOURCES,
    check: ({ topics, brokers }) =>
      topics.flatMap((topic, index) => {
        const { retentionBytes, segmentBytes } = resolveTopic(topic, brokers);
        return findingIf(retentionBytes !== undefined && retentionBytes < segmentBytes, {
          path: ['topics', index, 'retentionBytes'],
          message: `only closed segments are deleted, and one has ${formatBytes(segmentBytes)}: this limit would have no effect`,
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
          message:
            'with the cleanup policy compact, records are not deleted by age, so this retention would have no effect',
          allowed: 'no retentionMs, or the cleanup policy "compact,delete"',
          fix: `remove topics.${index}.retentionMs or set its cleanupPolicy to "compact,delete"`,
        }),
      ),
  },
  {
    reads: ['topics', 'brokers.socketRequestMax', 'brokers.properties'],
    check: (config) =>
      config.topics.flatMap((topic, index) => {
        const { socketRequestMax } = config.brokers;
        const limit = messageLimit(topic, config);
        return findingIf(limit > socketRequestMax, {
          path: ['topics', index, 'settings', 'maxMessageBytes'],
          message: `a record of this size${ofCopies(topic)} exceeds the largest request that brokers accept`,
          allowed: `at most brokers.socketRequestMax, ${formatBytes(socketRequestMax)}`,
          fix: `${lowerLimit(topic, index)} or raise brokers.socketRequestMax`,
        });
      }),
  },
  {
    reads: [...TOPIC_SOURCES, 'brokers.properties'],
    check: (config) =>
      config.topics.flatMap((topic, index) => {
        const { segmentBytes } = resolveTopic(topic, config.brokers);
        const limit = messageLimit(topic, config);
        // The segments of topics with copies grow with the limit.
        return findingIf(topic.copiesOf === undefined && limit > segmentBytes, {
          path: ['topics', index, 'settings', 'maxMessageBytes'],
          message: 'a record of this size does not fit into a segment, and brokers reject it',
          allowed: `at most segmentBytes, ${formatBytes(segmentBytes)}`,
          fix: `${lowerLimit(topic, index)} or raise topics.${index}.segmentBytes`,
        });
      }),
  },
  {
    reads: ['topics'],
    check: ({ topics }) =>
      topics.flatMap(({ name, copiesOf }, index) =>
        findingIf(copiesOf !== undefined && !topics.some((other) => other.name === copiesOf && copiesOf !== name), {
          path: ['topics', index, 'copiesOf'],
          message: `'${name}' is for copies of records of '${copiesOf ?? ''}', but there is no other topic of this name`,
          allowed: 'the name of another topic of the catalogue',
          fix: `correct topics.${index}.copiesOf, or remove it`,
        }),
      ),
  },
];

const ofCopies = ({ copiesOf }: ParsedTopic): string =>
  copiesOf === undefined ? '' : `, which ${copiesOf} accepts, with the headers of a failure,`;

const lowerLimit = ({ copiesOf, settings }: ParsedTopic, index: number): string =>
  copiesOf !== undefined
    ? `lower settings.maxMessageBytes of '${copiesOf}'`
    : settings.maxMessageBytes === undefined
      ? `lower brokers.properties.${MESSAGE_MAX_PROPERTY}`
      : `lower topics.${index}.settings.maxMessageBytes`;

/** Topic names as they appear in metric names. */
const metricName = (topic: string): string => topic.replaceAll('.', '_');
