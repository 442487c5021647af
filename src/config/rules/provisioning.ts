import { findingIf, type Rule } from './rule';

export const provisioningRules: readonly Rule[] = [
  {
    reads: ['topics', 'provisioning.allowPartitionGrowth'],
    check: ({ topics, provisioning }) =>
      provisioning.allowPartitionGrowth.flatMap((name, index) =>
        findingIf(!topics.some((topic) => topic.name === name), {
          path: ['provisioning', 'allowPartitionGrowth', index],
          message: `there is no topic '${name}' in the catalogue`,
          allowed: topics.map((topic) => topic.name).join(', '),
          fix: 'correct the name or remove it',
        }),
      ),
  },
  {
    reads: ['topics', 'provisioning.delete'],
    check: ({ topics, provisioning }) =>
      provisioning.delete.flatMap((name, index) =>
        findingIf(
          topics.some((topic) => topic.name === name),
          {
            path: ['provisioning', 'delete', index],
            message: `'${name}' is still in the catalogue: it would be deleted and made again, without its records`,
            allowed: 'topics that are not in the catalogue',
            fix: `remove '${name}' from the catalogue first, or from provisioning.delete`,
          },
        ),
      ),
  },
];
