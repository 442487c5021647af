import type { Topic } from '../config/topics';
import { applyTopics } from './apply';
import { readPlan, type TopicTarget } from './read-plan';

/**
 * Makes the topics that are not there, and touches none that is: what is there may be out of sync for a while.
 * @returns the names of those that were made
 * @throws {UserError} when one cannot be made
 */
export async function createMissing({ bootstrap, topics }: TopicTarget): Promise<readonly string[]> {
  const steps = await readPlan({ bootstrap, topics });
  const names = new Set(steps.filter(({ kind }) => kind === 'create').map(({ topic }) => topic));
  const missing: readonly Topic[] = topics.filter(({ name }) => names.has(name));
  if (missing.length > 0) await applyTopics({ bootstrap, topics: missing });
  return [...names];
}
