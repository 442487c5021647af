import type { Topic } from '../config/topics';
import { liveTopics } from './live-topics';
import { NOTHING_ALLOWED, planTopics, type Allowances, type Step } from './plan';
import { topicConfig } from './topic-config';

/** A catalogue and the cluster that it is held against. */
export interface TopicTarget {
  readonly bootstrap: readonly string[];
  readonly topics: readonly Topic[];
  /** @default nothing that has to be asked for */
  readonly allow?: Allowances;
}

/**
 * What would have to be done, read from the cluster; changes nothing.
 * @throws {UserError} at once when no broker answers
 */
export async function readPlan({ bootstrap, topics, allow }: TopicTarget): Promise<readonly Step[]> {
  const live = await liveTopics(bootstrap, managedSettings(topics));
  return planTopics({ desired: topics, live, allow: allow ?? NOTHING_ALLOWED });
}

/** Only what the catalogue manages is asked for. */
export const managedSettings = (topics: readonly Topic[]): readonly string[] => [
  ...new Set(topics.flatMap((topic) => Object.keys(topicConfig(topic)))),
];
