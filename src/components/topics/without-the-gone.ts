import { existingTopics } from '../../protocol/create-topics';
import { ask } from '../../protocol/request';
import { batches } from './live-topics';
import type { Step } from './plan';
import type { TopicTarget } from './read-plan';
import { TIMING, BATCH, creation, TIMEOUT_MS } from './requests';
import type { Topic } from './topic';

/**
 * Brokers learn about a deletion one after the other, and the broker that returned the state may be late. The
 * controller knows which topics still exist; steps for topics that do not exist become creations.
 */
export async function withoutTheGone(
  { connection, topics }: TopicTarget,
  steps: readonly Step[],
): Promise<readonly Step[]> {
  const there = new Set(steps.filter(isListed).map(({ topic }) => topic));
  const gone = new Map<string, Topic>();
  for (const some of batches(
    topics.filter(({ name }) => there.has(name)),
    BATCH,
  )) {
    const existing = await ask(connection, existingTopics(some.map(creation), TIMEOUT_MS), TIMING);
    for (const topic of some) if (!existing.includes(topic.name)) gone.set(topic.name, topic);
  }
  return steps.map((step) => {
    const definition = gone.get(step.topic);
    const isGone = definition !== undefined && isListed(step);
    return isGone ? { kind: 'create', topic: step.topic, definition } : step;
  });
}

/** Whether the step is about a topic that a broker listed. */
const isListed = (step: Step): boolean => (step.kind === 'forbidden' ? step.isLive === true : step.kind !== 'create');
