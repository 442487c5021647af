import { liveTopics } from './live-topics';
import { planTopics, NOTHING_ALLOWED, type Step } from './plan';
import { managedSettings, type TopicTarget } from './read-plan';

/** Every difference between the catalogue and the cluster, in words; none when it is verified. */
export async function verifyTopics({ bootstrap, topics }: TopicTarget): Promise<readonly string[]> {
  const live = await liveTopics(bootstrap, managedSettings(topics));
  const wanted = new Set(topics.map(({ name }) => name));
  return [
    ...planTopics({ desired: topics, live, allow: NOTHING_ALLOWED }).flatMap(differences),
    ...live.filter(({ name }) => wanted.has(name)).flatMap((topic) => topic.outOfSync),
  ];
}

function differences(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create':
      return [`${step.topic}: missing`];
    case 'change':
      return step.changes.map(
        ({ setting, before, after }) => `${step.topic}: ${setting} is ${before} instead of ${after}`,
      );
    case 'forbidden':
      return step.refused.map(
        ({ setting, before, after }) => `${step.topic}: ${setting} is ${before} instead of ${after}`,
      );
    case 'delete':
    case 'unchanged':
    case 'unmanaged':
      return [];
  }
}
