import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';
import { componentLabels } from '../kubernetes/labels';
import type { NodePool } from '../components/kafka-cluster/node-pool-props';
import { BROKER_CONTAINER, KAFKA_CLUSTER, brokerNames } from '../components/kafka-cluster/names';
import type { Kubectl } from './kubectl';
import { obstacleTexts } from './explain-end';
import { heldUpStops } from './held-up';
import { remedyOf } from './half-roll';
import { conditionOf, isTrue, type Pod, type StatefulSet } from './objects';
import type { Obstacle } from './obstacles';
import { LastingObstacles } from './lasting-obstacles';
import { pollCluster } from './poll-cluster';
import { currentPods, ownedBy } from './revision';

/** Time limit for each broker in addition to its stop: start, log recovery and catching up. */
const START_MS = 20 * 60_000;

/**
 * Waits until every broker runs the newest template and is ready. @throws {UserError} if a broker does not become ready
 */
export async function untilBrokersRolled(
  kubectl: Kubectl,
  config: Platform,
  note: (detail: string) => void,
): Promise<void> {
  for (const pool of config.brokers.nodePools) await untilPoolRolled(kubectl, config, { pool, note });
}

interface PoolProps {
  readonly pool: NodePool;
  readonly note: (detail: string) => void;
}

async function untilPoolRolled(kubectl: Kubectl, config: Platform, { pool, note }: PoolProps): Promise<void> {
  const name = brokerNames(config).statefulSet(pool);
  const withinMs = pool.replicas * (config.guard.stopWaitMs + config.brokers.shutdownMs + START_MS);
  const obstacles = new LastingObstacles(kubectl);
  const { set, all } = await pollCluster(
    async () => {
      const found = await readPool(kubectl, config, name);
      const { status } = found.set ?? {};
      const counts = `${status?.readyReplicas ?? 0} ready, ${status?.updatedReplicas ?? 0} up to date`;
      if (status !== undefined) note([counts, ...(await heldUpStops(kubectl, found.all))].join('; '));
      await obstacles.check(found.newest, async () => found.set && remedyOf(kubectl, config, found.set));
      return found;
    },
    { until: (found) => found.set !== undefined && isRolled(found.set), withinMs },
  );
  if (set !== undefined && isRolled(set)) return;
  const reasons = await obstacleTexts(kubectl, all.flatMap(lateBroker));
  throw new UserError(
    [`The brokers are not ready after ${withinMs / 60_000} minutes.`, ...reasons].join('\n  '),
    `see kubectl -n ${config.namespace} describe statefulset ${name}, and the logs of its pods`,
  );
}

/** A set, if it is there, with its pods, and those that have its newest template. */
async function readPool(kubectl: Kubectl, config: Platform, name: string) {
  const [set, pods] = await Promise.all([
    kubectl.find<StatefulSet>('statefulset', name),
    kubectl.list<Pod>('pods', componentLabels(config, KAFKA_CLUSTER)),
  ]);
  if (set === undefined) return { set, all: [], newest: [] };
  const all = ownedBy(set, pods);
  return { set, all, newest: currentPods([set], all) };
}

/** A broker that neither ends repeatedly nor becomes ready; its log may tell more. */
function lateBroker(pod: Pod): readonly Obstacle[] {
  if (isTrue(conditionOf(pod, 'Ready'))) return [];
  const { name } = pod.metadata;
  const broker = pod.status.containerStatuses?.find((one) => one.name === BROKER_CONTAINER);
  if (broker === undefined) return [{ text: `${name} is not ready` }];
  const waits = broker.state.waiting !== undefined;
  const ended = {
    pod: name,
    container: BROKER_CONTAINER,
    isPrevious: waits && broker.restartCount > 0,
    message: undefined,
  };
  return [{ text: `${name} is not ready`, ended }];
}

/** Whether every replica runs the newest template and is ready. */
export function isRolled({ metadata, spec, status }: StatefulSet): boolean {
  return (
    status.observedGeneration === metadata.generation &&
    status.readyReplicas === spec.replicas &&
    (status.updatedReplicas ?? 0) === spec.replicas &&
    status.currentRevision === status.updateRevision
  );
}
