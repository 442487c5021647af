import { environments } from '../../../src/config/environments';
import type { Platform } from '../../../src/config/load';
import { hours } from '../../../src/config/units';
import { untilProvisioned } from '../../../src/kubernetes/provisioned';
import { untilBrokersRolled } from '../../../src/kubernetes/rollout';
import { kindWith } from '../../support/config';
import { withManifests } from '../manifests';
import { everyBroker, underLoad, type Scenario } from '../scenario';
import type { World } from '../world';

const apply = (world: World, config: Platform) =>
  withManifests(config, async (manifests) => {
    await world.kubectl.run(['apply', '--filename', manifests]);
    await untilBrokersRolled(world.kubectl, config, world.note);
  });

const { brokers, topics } = environments.kind;

/** A broker property that nothing else here depends on. */
const withProperty = { brokers: { ...brokers, properties: { 'log.cleaner.backoff.ms': 20_000 } } };

/** What brokers read rolls them, each once. */
export const brokerConfigChanged = after(
  (world) => apply(world, world.config),
  underLoad('a config change that must roll', async (world) => {
    await apply(world, kindWith(withProperty));
    return { summary: 'a broker property; every broker rolled', restarts: everyBroker(world) };
  }),
);

/** What brokers do not read rolls none. */
export const otherConfigChanged = after(
  (world) => apply(world, kindWith(withProperty)),
  underLoad('config changes that must not roll', async (world) => {
    const config = kindWith({
      ...withProperty,
      smoke: { schedule: '0 4 * * *' },
      topics: topics.map((topic) => (topic.name === 'orders' ? { ...topic, retentionMs: hours(12) } : topic)),
    });
    await apply(world, config);
    await untilProvisioned(world.kubectl, config, 'topic');
    return { summary: 'a topic’s retention, a schedule; no broker restarted', restarts: [] };
  }),
);

/** A scenario that begins with a cluster made ready for it, however an earlier run left it. */
function after(prepare: (world: World) => Promise<void>, scenario: Scenario): Scenario {
  return {
    ...scenario,
    run: async (world) => {
      await prepare(world);
      return scenario.run(world);
    },
  };
}
