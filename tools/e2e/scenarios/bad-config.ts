import { BROKER_PATHS } from '../../../src/components/kafka-cluster/kafka-cluster';
import { BROKER_CONTAINER, FIELD_MANAGER } from '../../../src/components/kafka-cluster/names';
import { CONFIG_FILES } from '../../../src/components/kafka-cluster/start-script';
import { halfRolls } from '../../../src/deploy/half-roll';
import { mountedByBrokers, mountedConfigMaps } from '../../../src/deploy/mounted-config-maps';
import type { Pod } from '../../../src/deploy/objects';
import { untilBrokersRolled } from '../../../src/deploy/rollout';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { find, mountedConfigMap, renderObjects, type KubernetesObject } from '../../support/manifests';
import { signalBroker } from '../faults';
import { deployConfig, rollConfig } from '../manifests';
import { after, everyBroker, incarnations, underLoad, untilRestarted } from '../scenario';
import { nodePod, podName, setOf, untilWhole, type World } from '../world';

/** No broker starts with it. A configuration with it would be refused before it is rendered. */
const REFUSED_PROPERTY = 'num.io.threads';

const PROPERTIES = CONFIG_FILES.properties;

/** What a broker logs when it serves. */
const STARTED = 'Kafka Server started';

const STARTED_MS = 2 * 60_000;

/** Brokers whose files are bad do not start: one of them, as the roll stops there, and the others keep their own files. */
export const badConfig = after(
  (world) => rollConfig(world, world.config),
  underLoad('files with which no broker starts, undone', async (world) => {
    const ids = everyBroker(world);
    const [kept = 0, broken = 0] = [ids[0], ids.at(-1)];
    const files = filesOf(world);
    const mounted = mountedBy(await nodePod(world, broken));

    const before = await incarnations(world);
    const bad = await applyBadFiles(world, files);
    await failsToRoll(world, broken);
    await untilRestarted(world, before, [broken]);

    await killed(world, kept);
    await hasFiles(world, kept, files);

    await world.kubectl.run(['rollout', 'undo', `statefulset/${setOf(world, 'broker')}`]);
    await untilWhole(world);
    await hasFiles(world, broken, files);
    const undone = mountedBy(await nodePod(world, broken));
    if (undone !== mounted) throw new Error(`undone, broker ${broken} mounts ${undone}; before: ${mounted}`);

    await deployConfig(world, world.config);
    await keepsWhatTemplatesName(world, bad);
    return {
      summary: `broker ${broken} did not start, broker ${kept} was killed and kept its files, undone, deployed again`,
      restarts: [kept, broken],
    };
  }),
);

const mountedBy = (pod: Pod): string => [...mountedConfigMaps([pod], [])].sort().join(', ');

/** The ConfigMap of the brokers, as it is rendered. */
function filesOf({ config }: World): KubernetesObject {
  const objects = renderObjects(config);
  return mountedConfigMap(objects, find(objects, 'StatefulSet', setOf({ config }, 'broker')), 'config');
}

/** What all brokers of the pool read. @throws if it is not there: a scenario that changes nothing would prove nothing */
function propertiesIn({ metadata, data = {} }: KubernetesObject): string {
  const text = data[PROPERTIES];
  if (text === undefined) throw new Error(`${metadata.name} has no ${PROPERTIES}, but ${Object.keys(data).join(', ')}`);
  return text;
}

/** Applies files that every broker refuses, with the template that mounts them. @returns the name of their ConfigMap */
async function applyBadFiles(world: World, files: KubernetesObject): Promise<string> {
  const { name } = files.metadata;
  const bad = `${name}-bad`;
  const data = { ...files.data, [PROPERTIES]: `${propertiesIn(files)}\n${REFUSED_PROPERTY}=none\n` };
  const configMap = { ...files, metadata: { ...files.metadata, name: bad }, data };
  const set = find(renderObjects(world.config), 'StatefulSet', setOf(world, 'broker'));
  const items = [configMap, JSON.parse(JSON.stringify(set).replaceAll(name, bad)) as KubernetesObject];
  await world.kubectl.run(
    ['apply', '--server-side', '--force-conflicts', `--field-manager=${FIELD_MANAGER}`, '--filename', '-'],
    { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) },
  );
  return bad;
}

/** @throws unless the roll ends in a message with the broker, the property and the way back */
async function failsToRoll(world: World, nodeId: number): Promise<void> {
  const { kubectl, config, note } = world;
  const pod = podName(world, nodeId);
  const message = await untilBrokersRolled(kubectl, config, note).then(
    () => 'all brokers started',
    (error: unknown) => String(error),
  );
  const [half = 'there is no half roll'] = await halfRolls(kubectl, config);
  const missing = [
    ...[pod, REFUSED_PROPERTY, 'rollout undo'].filter((part) => !message.includes(part)),
    ...[`${pod} (not ready)`, '--to-revision='].filter((part) => !half.includes(part)),
  ];
  if (missing.length > 0) throw new Error(`nothing of ${missing.join(', ')} in:\n${message}\n${half}`);
}

/** Kills a broker and waits until its container, in the same pod, serves again. */
async function killed(world: World, nodeId: number): Promise<void> {
  const before = await nodePod(world, nodeId);
  await signalBroker(world, nodeId, 'KILL');
  const log = ['logs', before.metadata.name, `--container=${BROKER_CONTAINER}`];
  const serves = await pollCluster(
    async () => {
      const pod = await nodePod(world, nodeId);
      if (pod.metadata.uid !== before.metadata.uid) throw new Error(`broker ${nodeId} has a new pod`);
      // While the container is being made, there is no log.
      const text = await world.kubectl.run(log).catch(() => '');
      return restartsOf(pod) > restartsOf(before) && text.includes(STARTED);
    },
    { until: (isServing) => isServing, withinMs: STARTED_MS },
  );
  if (!serves) throw new Error(`broker ${nodeId} does not serve ${STARTED_MS / 60_000} minutes after it was killed`);
}

const restartsOf = ({ status }: Pod): number =>
  status.containerStatuses?.find(({ name }) => name === BROKER_CONTAINER)?.restartCount ?? 0;

/** @throws unless a broker reads the properties that were rendered for it */
async function hasFiles(world: World, nodeId: number, files: KubernetesObject): Promise<void> {
  const path = `${BROKER_PATHS.config}/${PROPERTIES}`;
  const command = ['exec', podName(world, nodeId), `--container=${BROKER_CONTAINER}`, '--', 'cat', path];
  if ((await world.kubectl.run(command)) !== propertiesIn(files)) {
    throw new Error(`broker ${nodeId} has another ${PROPERTIES}`);
  }
}

/** The bad template is one of those to which the set could return: its files stay. */
async function keepsWhatTemplatesName({ kubectl, config }: World, bad: string): Promise<void> {
  const needed = await mountedByBrokers(kubectl, config);
  const found = (await kubectl.list('configmaps')).map(({ metadata }) => metadata.name);
  const missing = [...needed, bad].filter((name) => !found.includes(name));
  if (missing.length > 0) throw new Error(`deploy removed ${missing.join(', ')}`);
}
