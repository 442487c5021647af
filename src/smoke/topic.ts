import type { TopicDefinition } from '../components/topics/props';
import { hours, kibibytesPerSecond } from '../validation/units';

/** The topic of the smoke test, for a catalogue. The test writes to every partition and reads all records back. */
export const smokeTopic = {
  name: 'platform-smoke',
  partitions: 6,
  keyed: true,
  retentionMs: hours(1),
  expectedIngress: kibibytesPerSecond(64),
} as const satisfies TopicDefinition;

/** The name of the topic that the smoke test writes to. */
export const SMOKE_TOPIC = smokeTopic.name;
