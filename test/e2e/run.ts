import { join } from 'node:path';
import { loadConfig } from '../../src/config/load';
import type { Progress } from '../../src/console/progress';
import { Kubectl } from '../../src/kubernetes/kubectl';
import { buildRuntimeImage } from '../../scripts/runtime-image';
import { deleteCluster, ensureCluster, loadImage, type Cluster } from './cluster';
import { collect } from './collect';
import { formatReport, writeReport, type Result } from './report';
import type { Scenario } from './scenario';
import { afterwards } from './scenarios/afterwards';
import { alertRaised } from './scenarios/alert-raised';
import { allDeleted } from './scenarios/all-deleted';
import { appliedAgain } from './scenarios/applied-again';
import { brokerKilled } from './scenarios/broker-killed';
import { brokerConfigChanged, otherConfigChanged } from './scenarios/config-changed';
import { controllerDeleted } from './scenarios/controller-deleted';
import { deployed } from './scenarios/deployed';
import { networkClosed } from './scenarios/network-closed';
import { nodeDrained } from './scenarios/node-drained';
import { nodeStopped } from './scenarios/node-stopped';
import { oracleProven } from './scenarios/oracle-proven';
import { rollingRestart } from './scenarios/rolling-restart';
import { samplesProven } from './scenarios/samples-proven';
import { scaledToZero } from './scenarios/scaled-to-zero';
import { servicesFirst } from './scenarios/services-first';
import { servicesKilled } from './scenarios/services-killed';
import { topicAdded } from './scenarios/topic-added';
import { twoDeleted } from './scenarios/two-deleted';
import type { World } from './world';

/** By the names that the command line takes, in the order in which they run. */
export const SCENARIOS = {
  deployed,
  again: appliedAgain,
  network: networkClosed,
  rolling: rollingRestart,
  killed: brokerKilled,
  controller: controllerDeleted,
  drained: nodeDrained,
  stopped: nodeStopped,
  all: allDeleted,
  zero: scaledToZero,
  two: twoDeleted,
  topic: topicAdded,
  rolls: brokerConfigChanged,
  'rolls-not': otherConfigChanged,
  oracle: oracleProven,
  alert: alertRaised,
  'services-killed': servicesKilled,
  'services-first': servicesFirst,
  samples: samplesProven,
  afterwards,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

interface RunProps {
  readonly clusterName: string;
  readonly scenarios: readonly ScenarioName[];
  /** Leaves the cluster there. */
  readonly keep: boolean;
  /** For the report and what is collected of failures. */
  readonly directory: string;
  readonly progress: Progress;
}

/** Runs scenarios against a kind cluster. @returns whether all passed */
export async function runScenarios(props: RunProps): Promise<boolean> {
  const { progress } = props;
  const cluster = await ensureCluster(props.clusterName, progress);
  try {
    const image = await buildRuntimeImage(progress);
    await progress.step('image into the nodes', () => loadImage(cluster, image));
    const results = await runAll(props, cluster);
    writeReport(results, props.directory);
    console.log(`\n${formatReport(results)}\n`);
    return results.every(({ ok }) => ok);
  } finally {
    if (cluster.isOurs && !props.keep) await progress.step('cluster deleted', () => deleteCluster(cluster));
  }
}

async function runAll({ scenarios, directory, progress }: RunProps, cluster: Cluster): Promise<readonly Result[]> {
  const config = loadConfig('kind');
  const kubectl = new Kubectl({ context: cluster.context, namespace: config.namespace });
  const world: World = { cluster, kubectl, config, progress, note: () => undefined };
  const results: Result[] = [];
  for (const name of scenarios) {
    const result = await progress.step(
      SCENARIOS[name].name,
      (note) => runOne({ ...world, note }, SCENARIOS[name]),
      ({ ok }) => ok,
    );
    results.push(result);
    if (result.ok) continue;
    progress.line(`  ${result.summary}`);
    await progress.step(`collected in ${join(directory, name)}`, () => collect(world, join(directory, name)));
    // Where nothing was deployed, nothing else can be tried.
    if (name === 'deployed') break;
  }
  return results;
}

async function runOne(world: World, scenario: Scenario): Promise<Result> {
  try {
    return { scenario, ...(await scenario.run(world)) };
  } catch (error) {
    return { scenario, ok: false, summary: error instanceof Error ? error.message : String(error) };
  }
}
