import { join } from 'node:path';
import type { Progress } from '../../src/console/progress';
import { Kubectl } from '../../src/deploy/kubectl';
import { buildImages } from '../../scripts/runtime-image';
import { deleteCluster, ensureCluster, loadImages, type Cluster } from './cluster';
import { collect } from './collect';
import { environmentWith } from './environment';
import { E2E_IMAGE } from './image';
import { deployConfig } from './manifests';
import { formatReport, writeReport, type Result } from './report';
import type { Scenario } from './scenario';
import { scenariosOfExamples } from './scenarios-of-examples';
import { afterwards } from './scenarios/afterwards';
import { alertRaised } from './scenarios/alert-raised';
import { allDeleted } from './scenarios/all-deleted';
import { appliedAgain } from './scenarios/applied-again';
import { badConfig } from './scenarios/bad-config';
import { brokerKilled } from './scenarios/broker-killed';
import { brokersAdded } from './scenarios/brokers-added';
import { brokerConfigChanged, otherConfigChanged } from './scenarios/config-changed';
import { controllerDeleted } from './scenarios/controller-deleted';
import { deployed } from './scenarios/deployed';
import { diskFull } from './scenarios/disk-full';
import { diskLost } from './scenarios/disk-lost';
import { disksLost } from './scenarios/disks-lost';
import { formations } from './scenarios/formations';
import { manifestsDeleted } from './scenarios/manifests-deleted';
import { migrated } from './scenarios/migrated';
import { mistakesMade } from './scenarios/mistakes';
import { networkClosed } from './scenarios/network-closed';
import { nodeDrained } from './scenarios/node-drained';
import { zoneStopped } from './scenarios/zone-stopped';
import { checkerProven } from './scenarios/checker-proven';
import { rollingRestart } from './scenarios/rolling-restart';
import { scaledToZero } from './scenarios/scaled-to-zero';
import { servicesFirst } from './scenarios/services-first';
import { servicesKilled } from './scenarios/services-killed';
import { slowCatchUp } from './scenarios/slow-catch-up';
import { topicAdded } from './scenarios/topic-added';
import { twoDeleted } from './scenarios/two-deleted';
import { upgraded } from './scenarios/upgraded';
import type { World } from './world';
import { messageOf } from '../../src/validation/message-of';

const SCENARIOS = {
  deployed,
  again: appliedAgain,
  network: networkClosed,
  killed: brokerKilled,
  controller: controllerDeleted,
  drained: nodeDrained,
  stopped: zoneStopped,
  all: allDeleted,
  disk: diskLost,
  disks: disksLost,
  topic: topicAdded,
  rolls: brokerConfigChanged,
  'rolls-not': otherConfigChanged,
  checker: checkerProven,
  alert: alertRaised,
  'services-killed': servicesKilled,
} satisfies Record<string, Scenario>;

/** After all others: they end what the others need. */
const LAST_SCENARIOS = { deleted: manifestsDeleted, afterwards } satisfies Record<string, Scenario>;

/** They take long, and the last two end with a cluster that no other scenario can use. */
const NIGHTLY_SCENARIOS = {
  rolling: rollingRestart,
  two: twoDeleted,
  'bad-config': badConfig,
  mistakes: mistakesMade,
  zero: scaledToZero,
  'services-first': servicesFirst,
  'slow-catch-up': slowCatchUp,
  'disk-full': diskFull,
  grown: brokersAdded,
  formations,
  upgrade: upgraded,
  migrated,
} satisfies Record<string, Scenario>;

/** By the names that the command line takes, in the order in which they run. */
export type Scenarios = Readonly<Record<string, Scenario>>;

/** The scenarios that run when none is named, those of the examples too. */
export const usualScenarios = async (): Promise<Scenarios> => ({
  ...SCENARIOS,
  ...(await scenariosOfExamples()),
  ...LAST_SCENARIOS,
});

/** Every scenario. */
export const allScenarios = async (): Promise<Scenarios> => ({ ...(await usualScenarios()), ...NIGHTLY_SCENARIOS });

interface RunProps {
  readonly clusterName: string;
  readonly scenarios: Scenarios;
  /** Leaves the cluster there. */
  readonly keep: boolean;
  /** Directory of the report and of the information about failures. */
  readonly directory: string;
  readonly progress: Progress;
}

/** Runs scenarios on a kind cluster. @returns whether all passed */
export async function runScenarios(props: RunProps): Promise<boolean> {
  const { progress } = props;
  const cluster = await ensureCluster(props.clusterName, progress);
  try {
    const images = await buildImages(progress, [E2E_IMAGE]);
    await progress.step('images into the nodes', () => loadImages(cluster, images));
    const results = await runAll(props, cluster);
    writeReport(results, props.directory);
    console.log(`\n${formatReport(results)}\n`);
    return results.every(({ ok }) => ok);
  } finally {
    if (cluster.isOurs && !props.keep) await progress.step('cluster deleted', () => deleteCluster(cluster));
  }
}

async function runAll({ scenarios, directory, progress }: RunProps, cluster: Cluster): Promise<readonly Result[]> {
  const config = environmentWith({});
  const kubectl = new Kubectl({ context: cluster.context, namespace: config.namespace });
  const world: World = { cluster, kubectl, config, progress, note: () => undefined };
  const results: Result[] = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    const result = await progress.step(
      scenario.name,
      (note) => runOne({ ...world, note }, scenario),
      ({ ok }) => ok,
    );
    results.push(result);
    if (result.ok) continue;
    progress.line(`  ${result.summary}`);
    await progress.step(`collected in ${join(directory, name)}`, () => collect(world, join(directory, name)));
    // No other scenario can run without a deployed platform.
    if (name === 'deployed') break;
    await putBack(world);
  }
  return results;
}

/** What a failed scenario left must not fail the next one, too. */
async function putBack(world: World): Promise<void> {
  const { config, progress } = world;
  try {
    await progress.step('put back', (note) => deployConfig({ ...world, note }, config));
  } catch (error) {
    progress.line(`  ${messageOf(error)}`);
  }
}

async function runOne(world: World, scenario: Scenario): Promise<Result> {
  try {
    return { scenario, ...(await scenario.run(world)) };
  } catch (error) {
    return { scenario, ok: false, summary: messageOf(error) };
  }
}
