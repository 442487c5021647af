import { environment, environmentWith } from '../environment';
import { loweredTopics } from '../lowered-platform';
import { provisionConfig, rollConfig } from '../manifests';
import { after, everyNode, underLoad } from '../scenario';

const { brokers } = environment;

/** A broker property that nothing else here depends on. */
const changedProperty = { brokers: { ...brokers, properties: { 'log.cleaner.backoff.ms': 20_000 } } };

/** The environment with it. */
export const withProperty = environmentWith(changedProperty);

/** What brokers read rolls them, each once. */
export const brokerConfigChanged = after(
  (world) => rollConfig(world, world.config),
  underLoad('a config change that must roll', async (world) => {
    await rollConfig(world, withProperty);
    return { summary: 'a broker property; every node rolled', restarts: everyNode(world) };
  }),
);

/** What brokers do not read rolls none. */
export const otherConfigChanged = after(
  (world) => rollConfig(world, withProperty),
  underLoad('config changes that must not roll', async (world) => {
    const config = environmentWith({
      ...changedProperty,
      smoke: { schedule: '0 4 * * *' },
      topics: loweredTopics,
    });
    await rollConfig(world, config);
    await provisionConfig(world, config);
    return { summary: 'a topic’s retention, a schedule; no broker restarted', restarts: [] };
  }),
);
