import { SAMPLES, SAMPLE_SETTINGS, topicsOf, type SampleSetting } from '../samples';
import type { ParsedPlatform } from '../schema';
import { findingIf, type Finding, type Rule } from './rule';

export const sampleRules: readonly Rule[] = [
  {
    reads: ['samples.enabled', 'registry.provider'],
    check: ({ samples, registry }) =>
      findingIf(samples.enabled && registry.provider === 'none', {
        path: ['samples', 'enabled'],
        message: 'samples read the schemas of what they write from a registry, and there is none',
        allowed: 'false without a registry',
        fix: "set samples.enabled to false, or registry.provider to 'apicurio'",
      }),
  },
  {
    reads: ['samples', 'topics'],
    check: (config) => forEachThatRuns(config, missingTopics),
  },
  {
    reads: ['samples', 'topics'],
    check: (config) => forEachThatRuns(config, idleReplicas),
  },
];

function forEachThatRuns(
  config: ParsedPlatform,
  check: (config: ParsedPlatform, setting: SampleSetting) => readonly Finding[],
): readonly Finding[] {
  if (!config.samples.enabled) return [];
  return SAMPLE_SETTINGS.filter((setting) => config.samples[setting].replicas > 0).flatMap((setting) =>
    check(config, setting),
  );
}

function missingTopics({ topics }: ParsedPlatform, setting: SampleSetting): readonly Finding[] {
  const { name } = SAMPLES[setting];
  const missing = topicsOf(setting).filter((needed) => !topics.some((topic) => topic.name === needed));
  return findingIf(missing.length > 0, {
    path: ['samples', setting, 'replicas'],
    message: `${name} reads or writes topics that are not there: ${missing.join(', ')}`,
    allowed: '0 without these topics',
    fix: `take them into topics from src/topics/catalogue.ts, or set samples.${setting}.replicas to 0`,
  });
}

function idleReplicas({ samples, topics }: ParsedPlatform, setting: SampleSetting): readonly Finding[] {
  const sample = SAMPLES[setting];
  if (sample.kind === 'generator') return [];
  const { replicas } = samples[setting];
  const reads: readonly string[] = sample.reads;
  const partitions = Math.max(0, ...topics.filter(({ name }) => reads.includes(name)).map((topic) => topic.partitions));
  // Topics that are missing are a problem of their own.
  return findingIf(partitions > 0 && replicas > partitions, {
    path: ['samples', setting, 'replicas'],
    message: `${sample.name} shares the ${partitions} partitions of ${reads[0] ?? ''}: ${replicas - partitions} of ${replicas} replicas would have none`,
    allowed: `0 to ${partitions}, the partitions that it reads`,
    fix: `set samples.${setting}.replicas to ${partitions} at most, or give the topic more partitions`,
  });
}
