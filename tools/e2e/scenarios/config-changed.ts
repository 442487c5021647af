import { hours } from '../../../src/validation/units';
import { SMOKE_TOPIC } from '../../../src/smoke/topic';
import { environment, environmentWith } from '../environment';
import { provisionConfig, rollConfig } from '../manifests';
import { after, everyNode, underLoad } from '../scenario';

const { brokers, topics } = environment;

/** Not the topic of the smoke test: the brokers' check interval follows from the shortest retention. */
const CHANGED = topics.find(({ name, retentionMs }) => name !== SMOKE_TOPIC && retentionMs !== undefined);

/** A broker property that nothing else here depends on. */
const withProperty = { brokers: { ...brokers, properties: { 'log.cleaner.backoff.ms': 20_000 } } };

/** What brokers read rolls them, each once. */
export const brokerConfigChanged = after(
  (world) => rollConfig(world, world.config),
  underLoad('a config change that must roll', async (world) => {
    await rollConfig(world, environmentWith(withProperty));
    return { summary: 'a broker property; every node rolled', restarts: everyNode(world) };
  }),
);

/** What brokers do not read rolls none. */
export const otherConfigChanged = after(
  (world) => rollConfig(world, environmentWith(withProperty)),
  underLoad('config changes that must not roll', async (world) => {
    const config = environmentWith({
      ...withProperty,
      smoke: { schedule: '0 4 * * *' },
      topics: topics.map((topic) => (topic === CHANGED ? { ...topic, retentionMs: hours(12) } : topic)),
    });
    await rollConfig(world, config);
    await provisionConfig(world, config);
    return { summary: 'a topic’s retention, a schedule; no broker restarted', restarts: [] };
  }),
);
