import type { Topic } from './topic';
import { applyTopics } from './apply';
import { readPlan, type TopicTarget } from './read-plan';

/**
 * Creates the missing topics and does not change existing ones, which may be under-replicated for a while.
 * @returns the names of the created topics
 * @throws {UserError} if a topic cannot be created
 */
export async function createMissing({ connection, topics }: TopicTarget): Promise<readonly string[]> {
  const steps = await readPlan({ connection, topics });
  const names = new Set(steps.filter(({ kind }) => kind === 'create').map(({ topic }) => topic));
  const missing: readonly Topic[] = topics.filter(({ name }) => names.has(name));
  if (missing.length > 0) await applyTopics({ connection, topics: missing });
  return [...names];
}
