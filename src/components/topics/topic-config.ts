import type { Topic } from './topic';
import { FOREVER } from '../../validation/units';

/** All settings that the catalogue specifies for a topic, by Kafka's names. Omitted settings are not managed. */
export function topicConfig(topic: Topic): Readonly<Record<string, string>> {
  const { cleanupPolicy, minInsyncReplicas, retentionBytes, retentionMs, segmentBytes, segmentMs, settings } = topic;
  const named = {
    cleanupPolicy,
    'min.insync.replicas': minInsyncReplicas,
    retentionBytes,
    retentionMs,
    segmentBytes,
    segmentMs,
  };
  return Object.fromEntries(
    Object.entries({ ...named, ...settings })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        dotted(name),
        value === FOREVER && ENDS_AT_LONG_MAX.has(name) ? LONG_MAX : String(value),
      ]),
  );
}

/** Kafka uses -1 for unlimited retention, but its largest number for unlimited values of these durations. */
const ENDS_AT_LONG_MAX = new Set(['messageTimestampBeforeMaxMs', 'messageTimestampAfterMaxMs']);
const LONG_MAX = String(2n ** 63n - 1n);

/** `maxMessageBytes` -> `max.message.bytes`. */
const dotted = (name: string): string => name.replace(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`);
