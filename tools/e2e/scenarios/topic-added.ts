import { pollCluster } from '../../../src/deploy/poll-cluster';
import { hours, kibibytesPerSecond } from '../../../src/validation/units';
import { environment, environmentWith } from '../environment';
import { provisionConfig } from '../manifests';
import { underLoad } from '../scenario';
import { describeCluster } from '../world';

const WITHIN_MS = 60_000;

const TOPIC = {
  name: 'e2e-added',
  partitions: 3,
  keyed: false,
  retentionMs: hours(1),
  expectedIngress: kibibytesPerSecond(1),
};

/** A topic more in the catalogue: a Job makes it, and no broker starts again. */
export const topicAdded = underLoad('a topic added and applied', async (world) => {
  const config = environmentWith({ topics: [...environment.topics, TOPIC] });
  await provisionConfig(world, config);
  // Brokers learn of a topic one after the other.
  const { topics } = await pollCluster(() => describeCluster(world), {
    until: (described) => described.topics.includes(TOPIC.name),
    withinMs: WITHIN_MS,
  });
  if (!topics.includes(TOPIC.name)) throw new Error(`the topic is not there; there are ${topics.join(', ')}`);
  return { summary: `${TOPIC.name}, no broker restarted`, restarts: [] };
});
