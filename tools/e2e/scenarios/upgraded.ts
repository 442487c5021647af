import { applyFeatures } from '../../../src/components/kafka-cluster/features/apply';
import { METADATA_VERSION, levelText } from '../../../src/components/kafka-cluster/features/levels';
import { featureTarget } from '../../../src/components/kafka-cluster/features/target';
import { bootstrapEndpoint } from '../../../src/components/kafka-cluster/kubernetes-layout';
import { brokerNames } from '../../../src/components/kafka-cluster/names';
import { forwarded } from '../../../src/deploy/port-forward';
import { CLIENT_IDS } from '../../../src/protocol/client-ids';
import { addImage } from '../cluster';
import { environment, environmentWith } from '../environment';
import { rollConfig } from '../manifests';
import { everyNode, underLoad, type Scenario } from '../scenario';
import type { World } from '../world';

const { brokers } = environment;

const NEWER = { version: '4.4.0', metadataVersion: '4.4-IV2' };

/** The way back is open as long as the metadata version stays. */
const newRelease = environmentWith({ brokers: { ...brokers, version: NEWER.version } });
const finished = environmentWith({ brokers: { ...brokers, ...NEWER } });

const throughRelease = underLoad('Kafka upgraded, returned, upgraded for good', async (world) => {
  await addImage(world.cluster, `apache/kafka:${NEWER.version}`);
  for (const config of [newRelease, world.config, newRelease]) await rollConfig(world, config);
  const levels = await raised(world);
  return { summary: `${NEWER.version}, ${METADATA_VERSION} ${levels}`, restarts: everyNode(world) };
});

/** The cluster cannot return to the release of the other scenarios: it goes, with its data. */
export const upgraded: Scenario = {
  ...throughRelease,
  run: async (world) => {
    const finding = await throughRelease.run(world);
    await world.kubectl.run(['delete', 'namespace', world.config.namespace]);
    return finding;
  },
};

/** Raises the metadata version from outside of the cluster. @returns its levels @throws if it was not raised */
function raised({ kubectl, config }: World): Promise<string> {
  const { port } = bootstrapEndpoint(config);
  return forwarded(kubectl, { service: brokerNames(config).bootstrapService, port }, async (url) => {
    const connection = { bootstrapServers: [new URL(url).host], clientId: CLIENT_IDS.features };
    const { steps } = await applyFeatures({ ...featureTarget(finished, connection), irreversible: true });
    for (const step of steps) {
      if (step.feature !== METADATA_VERSION || step.kind !== 'change') continue;
      return [step.before, step.after].map((level) => levelText(METADATA_VERSION, level)).join(' to ');
    }
    throw new Error(`${METADATA_VERSION} was not raised`);
  });
}
