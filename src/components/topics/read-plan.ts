import type { KafkaConnection } from '../../protocol/connection';
import type { Topic } from './topic';
import type { Inheritances } from './inheritance';
import { liveCluster, type LiveCluster } from './live-topics';
import { NOTHING_ALLOWED, planTopics, type Allowances, type Step } from './plan';

/** A catalogue, and the cluster that it is compared with. */
export interface TopicTarget extends Pick<Inheritances, 'brokerProperties'> {
  readonly connection: KafkaConnection;
  readonly topics: readonly Topic[];
  /** Explicitly allowed changes. @default none */
  readonly allow?: Allowances;
}

/**
 * Reads the cluster and plans the changes, without changing anything.
 * @throws {UserError} immediately if no broker answers
 */
export const readPlan = async (target: TopicTarget): Promise<readonly Step[]> =>
  planFor(target, await liveClusterOf(target));

/** Reads the part of the cluster's state that a plan for these topics needs. */
export const liveClusterOf = ({ connection, topics }: TopicTarget): Promise<LiveCluster> =>
  liveCluster(
    connection,
    topics.map(({ name }) => name),
  );

/** Plans the changes for a cluster that was read before. */
export const planFor = (
  { topics: desired, allow = NOTHING_ALLOWED, brokerProperties }: Omit<TopicTarget, 'connection'>,
  { topics: live, brokers }: LiveCluster,
): readonly Step[] => planTopics({ desired, live, allow, brokers, ...(brokerProperties && { brokerProperties }) });
