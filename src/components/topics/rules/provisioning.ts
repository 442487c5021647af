import type { TopicsSettings } from '../topics-settings';
import { topicConfig } from '../topic-config';
import { resolveTopics } from '../topic';
import { findingIf, type Rule } from '../../../validation/rule';

const namesTopics = (field: 'allowPartitionGrowth' | 'allowDataLoss'): Rule<TopicsSettings> => ({
  reads: ['topics', `provisioning.${field}`],
  check: ({ topics, provisioning }) =>
    provisioning[field].flatMap((name, index) =>
      findingIf(!topics.some((topic) => topic.name === name), {
        path: ['provisioning', field, index],
        message: `there is no topic '${name}' in the catalogue`,
        allowed: topics.map((topic) => topic.name).join(', ') || 'nothing: the catalogue has no topic',
        fix: 'correct the name or remove it',
      }),
    ),
});

export const provisioningRules: readonly Rule<TopicsSettings>[] = [
  namesTopics('allowPartitionGrowth'),
  namesTopics('allowDataLoss'),
  {
    reads: ['topics', 'provisioning.delete'],
    check: ({ topics, provisioning }) =>
      provisioning.delete.flatMap((name, index) =>
        findingIf(
          topics.some((topic) => topic.name === name),
          {
            path: ['provisioning', 'delete', index],
            message: `'${name}' is still in the catalogue: it would be deleted and created again without its records`,
            allowed: 'topics that are not in the catalogue',
            fix: `remove '${name}' from the catalogue first, or from provisioning.delete`,
          },
        ),
      ),
  },
  {
    reads: ['topics', 'brokers', 'provisioning.ignoreSettings'],
    check: (config) =>
      resolveTopics(config).flatMap((topic, index) =>
        (config.topics[index]?.ignoreSettings ?? []).flatMap((name, at) =>
          findingIf(Object.hasOwn(topicConfig(topic), name), {
            path: ['topics', index, 'ignoreSettings', at],
            message: `the catalogue itself sets ${name} of '${topic.name}', so it is not ignored`,
            allowed: 'settings that the catalogue does not set on the topic',
            fix: `remove topics.${index}.ignoreSettings.${at}, or the setting of ${name} in the catalogue`,
          }),
        ),
      ),
  },
  {
    reads: ['topics', 'brokers', 'provisioning.ignoreSettings'],
    check: (config) => {
      const topics = resolveTopics(config);
      return config.provisioning.ignoreSettings.flatMap((name, index) =>
        findingIf(topics.length > 0 && topics.every((topic) => Object.hasOwn(topicConfig(topic), name)), {
          path: ['provisioning', 'ignoreSettings', index],
          message: `the catalogue sets ${name} of every topic, so it is not ignored`,
          allowed: 'settings that at least one topic of the catalogue does not set',
          fix: `remove provisioning.ignoreSettings.${index}`,
        }),
      );
    },
  },
];
