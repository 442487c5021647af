import type { Topic } from '../config/topics';

/** Kafka's names and values of everything that the catalogue says of a topic; what it leaves out is not managed. */
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
      .map(([name, value]) => [dotted(name), String(value)]),
  );
}

/** `maxMessageBytes` -> `max.message.bytes`. */
const dotted = (name: string): string => name.replace(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`);
