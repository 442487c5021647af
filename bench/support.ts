import type { TopicDefinition } from '../src/components/topics/props';
import { hours, kibibytesPerSecond, mebibytes } from '../src/validation/units';

/** Small topics that fit on any disk. */
export function manyTopics(count: number): TopicDefinition[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `bench-${String(index).padStart(4, '0')}`,
    partitions: 1,
    keyed: true,
    retentionMs: hours(1),
    segmentBytes: mebibytes(2),
    expectedIngress: kibibytesPerSecond(1),
  }));
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
