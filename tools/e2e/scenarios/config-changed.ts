import { environments } from '../../../platform/environments';
import type { Platform } from '../../../src/platform/load';
import { hours } from '../../../src/validation/units';
import { SMOKE_TOPIC } from '../../../src/smoke/topic';
import { untilBrokersRolled } from '../../../src/deploy/rollout';
import { kindWith } from '../../support/config';
import { applyConfig, provisionConfig } from '../manifests';
import { everyBroker, underLoad, type Scenario } from '../scenario';
import type { World } from '../world';

async function apply(world: World, config: Platform): Promise<void> {
  await applyConfig(world, config);
  await untilBrokersRolled(world.kubectl, config, world.note);
}

const { brokers, topics } = environments.kind;

/** Not the topic of the smoke test: the brokers' check interval follows from the shortest retention. */
const CHANGED = topics.find(({ name, retentionMs }) => name !== SMOKE_TOPIC && retentionMs !== undefined);

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
      topics: topics.map((topic) => (topic === CHANGED ? { ...topic, retentionMs: hours(12) } : topic)),
    });
    await apply(world, config);
    await provisionConfig(world, config);
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
