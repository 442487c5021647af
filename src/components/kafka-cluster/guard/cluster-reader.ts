import { nodeWithId, type GuardSettings, type GuardedNode } from './settings';
import { CLIENT_IDS } from '../../../protocol/client-ids';
import { DESCRIBE_CLUSTER } from '../../../protocol/describe-cluster';
import { DESCRIBE_QUORUM } from '../../../protocol/describe-quorum';
import { describeTopicConfigs } from '../../../protocol/describe-topic-configs';
import { listOffsets } from '../../../protocol/list-offsets';
import { METADATA, type TopicMetadata } from '../../../protocol/metadata';
import { opens } from '../../../protocol/opens';
import { askServer, type Request } from '../../../protocol/request';
import type { ClusterView, GuardedPartition } from './stop-rule';
import type { LaggingReplica } from './catch-up';
import type { NodeReader, Reading } from './node-reader';
import type { SyncObservation } from './sync-latch';

type HeldPartition = Omit<GuardedPartition, 'minInsyncReplicas'>;

const TIMEOUT_MS = 2_000;
const MIN_ISR = 'min.insync.replicas';
const LOOPBACK = '127.0.0.1';

/** Reads the state of the cluster from its brokers, each of them asked for itself. */
export class ClusterReader implements NodeReader {
  constructor(
    private readonly cluster: Pick<GuardSettings, 'nodes' | 'own'>,
    private readonly nodeId: number,
  ) {}

  /**
   * What each broker that answers says of the partitions of this one. Brokers learn of a change one after the other: who
   * wants to be safe believes the worst of them.
   */
  async read(): Promise<Reading> {
    const answers = await Promise.allSettled([this.self, ...this.others].map((node) => this.view(node)));
    const [own] = answers;
    return {
      views: answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])),
      isOwnDown: own?.status === 'rejected' && (own.reason as NodeJS.ErrnoException).code === 'ECONNREFUSED',
    };
  }

  /** Whether this broker's port is open. */
  async isOwnUp(): Promise<boolean> {
    return opens(LOOPBACK, this.self.kafkaPort);
  }

  /** Whether this broker answers, and counts itself among those that are registered and not fenced. */
  async isOwnServing(): Promise<boolean> {
    try {
      const { brokers } = await this.ask(this.self, DESCRIBE_CLUSTER);
      return brokers.some(({ id, isFenced }) => id === this.nodeId && !isFenced);
    } catch {
      return false;
    }
  }

  /** How this broker stands after a start. */
  async observeSelf(): Promise<SyncObservation> {
    try {
      if (!(await this.isOwnServing())) return NOT_SERVING;
      return { isServing: true, lagging: await this.laggingReplicas() };
    } catch {
      return NOT_SERVING;
    }
  }

  private get self(): GuardedNode {
    return nodeWithId(this.cluster, this.nodeId);
  }

  private get others(): readonly GuardedNode[] {
    return this.cluster.nodes.filter(({ id, isBroker }) => isBroker && id !== this.nodeId);
  }

  /** A partition without a leader waits for another broker than this. */
  private async laggingReplicas(): Promise<readonly LaggingReplica[]> {
    const outside = this.heldPartitions(await this.ask(this.self, METADATA)).filter(
      ({ leaderId, inSyncReplicas }) => leaderId >= 0 && !inSyncReplicas.includes(this.nodeId),
    );
    if (outside.length === 0) return [];
    const leaders = this.others.filter(({ id }) => outside.some(({ leaderId }) => leaderId === id));
    const [fetched, ...led] = await Promise.all([
      this.logEnds(this.self, outside),
      ...leaders.map((leader) =>
        this.logEnds(
          leader,
          outside.filter(({ leaderId }) => leaderId === leader.id),
        ),
      ),
    ]);
    const leaderEnds = new Map(led.flatMap((ends) => [...ends]));
    return outside.map(({ topic, partition }) => ({
      topic,
      partition,
      fetched: fetched.get(`${topic}-${partition}`),
      leaderEnd: leaderEnds.get(`${topic}-${partition}`),
    }));
  }

  /** Where the logs of a broker end; without those that it does not tell. A follower's lag is no use: it is always 0. */
  private async logEnds(node: GuardedNode, partitions: readonly HeldPartition[]): Promise<ReadonlyMap<string, bigint>> {
    const numbers = new Map<string, number[]>();
    for (const { topic, partition } of partitions) numbers.set(topic, [...(numbers.get(topic) ?? []), partition]);
    const topics = [...numbers].map(([topic, own]) => ({ topic, partitions: own }));
    const ends = await this.ask(node, listOffsets('ownEnd', topics)).catch(() => []);
    return new Map(
      ends.filter(({ code }) => code === 0).map(({ topic, partition, offset }) => [`${topic}-${partition}`, offset]),
    );
  }

  private async view(node: GuardedNode): Promise<ClusterView> {
    const held = this.heldPartitions(await this.ask(node, METADATA));
    const [minIsr, quorum] = await Promise.all([
      this.minIsr(node, held),
      this.ask(node, DESCRIBE_QUORUM).catch(() => undefined),
    ]);
    const partitions = held.map((one) => ({ ...one, minInsyncReplicas: minIsr.get(one.topic) ?? 1 }));
    return { partitions, quorum };
  }

  private heldPartitions(topics: readonly TopicMetadata[]): readonly HeldPartition[] {
    return topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ replicas }) => replicas.includes(this.nodeId))
        .map((partition) => ({ topic: name, ...partition })),
    );
  }

  private async minIsr(node: GuardedNode, held: readonly { readonly topic: string }[]) {
    const topics = [...new Set(held.map(({ topic }) => topic))];
    const configs = await this.ask(node, describeTopicConfigs(topics, [MIN_ISR]));
    return new Map(configs.map(({ topic, settings }) => [topic, Number(settings[MIN_ISR]?.value)]));
  }

  /** The own broker is asked without a name: names may be gone before it is. */
  private ask<T>({ id, host, kafkaPort }: GuardedNode, request: Request<T>): Promise<T> {
    const server = `${id === this.nodeId ? LOOPBACK : host}:${kafkaPort}`;
    return askServer({ server, clientId: CLIENT_IDS.guard }, request, { timeoutMs: TIMEOUT_MS });
  }
}

const NOT_SERVING: SyncObservation = { isServing: false, lagging: [] };
