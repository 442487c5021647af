import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';
import { componentLabels } from '../kubernetes/labels';
import type { NodePool } from '../components/kafka-cluster/node-pool-props';
import { KAFKA_CLUSTER, brokerNames } from '../components/kafka-cluster/names';
import type { Kubectl } from './kubectl';
import type { Pod, StatefulSet } from './objects';
import { LastingObstacles } from './lasting-obstacles';
import { poll } from '../waiting/poll';
import { currentPods } from './revision';

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
  const set = await poll(
    async () => {
      const [found, pods] = await Promise.all([
        kubectl.find<StatefulSet>('statefulset', name),
        kubectl.list<Pod>('pods', componentLabels(config, KAFKA_CLUSTER)),
      ]);
      if (found !== undefined)
        note(`${found.status.readyReplicas ?? 0} ready, ${found.status.updatedReplicas ?? 0} up to date`);
      await obstacles.check(found === undefined ? [] : currentPods([found], pods));
      return found;
    },
    { until: (found) => found !== undefined && isRolled(found), withinMs },
  );
  if (set === undefined || !isRolled(set)) {
    throw new UserError(
      `The brokers are not ready after ${withinMs / 60_000} minutes.`,
      `see kubectl -n ${config.namespace} describe statefulset ${name}, and the logs of its pods`,
    );
  }
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
