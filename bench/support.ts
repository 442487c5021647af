import type { TopicDefinition } from '../src/config/topic-schema';
import { hours, kibibytesPerSecond, mebibytes } from '../src/config/units';

/** Small topics that fit any disk. */
export function manyTopics(count: number): TopicDefinition[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `bench-${String(index).padStart(4, '0')}`,
    partitions: 1,
    keyed: true,
    retentionMs: hours(1),
    segmentBytes: mebibytes(1),
    expectedIngress: kibibytesPerSecond(1),
  }));
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
