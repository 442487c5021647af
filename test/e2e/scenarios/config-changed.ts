import { environments } from '../../../src/config/environments';
import type { Platform } from '../../../src/config/load';
import { hours } from '../../../src/config/units';
import { untilBrokersRolled, untilTopicsApplied } from '../../../src/kubernetes/rollout';
import { kindWith, withManifests } from '../manifests';
import { underLoad } from '../scenario';
import { brokerPods, type World } from '../world';

const apply = (world: World, config: Platform) =>
  withManifests(config, async (manifests) => {
    await world.kubectl.run(['apply', '--filename', manifests]);
    await untilBrokersRolled(world.kubectl, config, world.note);
  });

const uidsOf = async (world: World): Promise<readonly string[]> =>
  (await brokerPods(world)).map(({ metadata }) => metadata.uid);

const { brokers, topics } = environments.kind;

/** A broker property that nothing else here depends on. */
const withProperty = { brokers: { ...brokers, properties: { 'log.cleaner.backoff.ms': 20_000 } } };

/** What brokers read rolls them, each once. */
export const brokerConfigChanged = underLoad('a config change that must roll', async (world) => {
  const before = await uidsOf(world);
  await apply(world, kindWith(withProperty));
  const kept = (await uidsOf(world)).filter((uid) => before.includes(uid));
  if (kept.length > 0) throw new Error(`${kept.length} brokers still run with the former configuration`);
  return `${before.length} brokers rolled`;
});

/** What brokers do not read rolls none. */
export const otherConfigChanged = underLoad('config changes that must not roll', async (world) => {
  await apply(world, kindWith(withProperty));
  const before = await uidsOf(world);
  const config = kindWith({
    ...withProperty,
    smoke: { schedule: '0 4 * * *' },
    topics: topics.map((topic) => (topic.name === 'orders' ? { ...topic, retentionMs: hours(12) } : topic)),
  });
  await apply(world, config);
  await untilTopicsApplied(world.kubectl, config);
  if ((await uidsOf(world)).join() !== before.join()) throw new Error('a broker was started again');
  return 'a topic’s retention, a schedule; no broker restarted';
});
