import type { KafkaConnection } from '../../protocol/connection';
import type { FetchedBatch, Ownerships } from '../consumer/commits';
import { OutageError } from '../errors';
import type { FailureLimits } from '../consumer/failure-run';
import { DEFAULTS } from '../consumer/options';
import type { RecordPlace } from '../consumer/record';
import { groupPositions } from '../group-offsets';
import type { CommittedPosition } from '../positions/committed-position';
import type { ClientMetrics } from '../metrics/client-metrics';
import { withRetries } from '../with-retries';
import { standingOf } from '../positions/log-range';
import { connectKafka, withAdmin } from '../kafka-client';
import { PartitionOwnership } from './partition-ownership';
import { PartitionCounts } from './placement';
import { RefusedOutputs } from './refused-outputs';

/**
 * Longer than a transaction for a fetched batch takes. The new owner of a partition waits at most this time for the
 * transaction of a dead owner.
 */
const TRANSACTION_TIMEOUT_MS = 20_000;

interface OwnershipsProps<S> {
  /** The settings that all partitions share. */
  readonly connection: KafkaConnection;
  readonly groupId: string;
  /** Time after which a transaction is aborted. @default 20 s */
  readonly transactionTimeoutMs?: number | undefined;
  /** See the option of consumers. @default that of consumers */
  readonly maxUnclassifiedAttempts?: number | undefined;
  /** See the option of consumers. @default that of consumers */
  readonly missingTopicMs?: number | undefined;
  /** Metrics that the transactions update. @default none */
  readonly metrics?: ClientMetrics | undefined;
  /** Creates the handler's state for a partition. No other member writes at the same time. */
  readonly restore: (partition: number) => Promise<S>;
}

/** The partitions that a member owns. Each has its own transactional id: `<group>.<topic>.<partition>`. */
export class PartitionOwnerships<S> implements Ownerships {
  private readonly held = new Map<string, PartitionOwnership<S>>();
  private readonly ending = new Set<Promise<void>>();
  private readonly refused = new Map<string, { readonly log: FetchedBatch['log']; readonly outputs: RefusedOutputs }>();
  private readonly kafka;
  private readonly counts: PartitionCounts;
  private readonly limits: FailureLimits;

  constructor(private readonly props: OwnershipsProps<S>) {
    const { maxUnclassifiedAttempts, missingTopicMs } = props;
    this.limits = {
      maxUnclassifiedAttempts: maxUnclassifiedAttempts ?? DEFAULTS.maxUnclassifiedAttempts,
      missingTopicMs: missingTopicMs ?? DEFAULTS.missingTopicMs,
    };
    this.kafka = connectKafka(props.connection);
    this.counts = new PartitionCounts(this.kafka);
  }

  rejoined(): void {
    for (const ownership of this.held.values()) this.end(ownership);
    this.held.clear();
  }

  /** Known rejected outputs of this log. In another log of the partition, the same offsets are different records. */
  private refusedIn({ topic, partition, log }: FetchedBatch): RefusedOutputs {
    const name = nameOf(topic, partition);
    const known = this.refused.get(name);
    if (known !== undefined && known.log === log) return known.outputs;
    const outputs = new RefusedOutputs();
    this.refused.set(name, { log, outputs });
    return outputs;
  }

  async of(batch: FetchedBatch): Promise<PartitionOwnership<S>> {
    const { topic, partition } = batch;
    const name = nameOf(topic, partition);
    const known = this.held.get(name);
    if (known?.isOver === false && known.isOf(batch)) return known;
    if (known !== undefined) this.end(known);
    this.held.delete(name);
    const { connection, groupId, transactionTimeoutMs = TRANSACTION_TIMEOUT_MS, metrics, restore } = this.props;
    const place = { topic: topic, partition };
    const ownership = await PartitionOwnership.take({
      session: { connection, transactionalId: `${groupId}.${name}`, transactionTimeoutMs },
      place: { groupId, ...place },
      counts: this.counts,
      metrics,
      batch,
      limits: this.limits,
      refused: this.refusedIn(batch),
      readCommitted: () => this.committed(topic, partition),
      standing: (position) => standingOf(connection, position),
      restore: () => restore(partition),
    });
    this.held.set(name, ownership);
    return ownership;
  }

  /**
   * The ownership under which the record was fetched. @throws {OutageError} if it has ended; the handler is told to
   * end, too
   */
  current({ topic, partition }: Pick<RecordPlace, 'topic' | 'partition'>): PartitionOwnership<S> {
    const ownership = this.held.get(nameOf(topic, partition));
    if (ownership === undefined) throw new OutageError(`${nameOf(topic, partition)} is not held any more`);
    return ownership;
  }

  async close(): Promise<void> {
    this.rejoined();
    await Promise.all(this.ending);
  }

  private end(ownership: PartitionOwnership<S>): void {
    const end = ownership.close().finally(() => this.ending.delete(end));
    this.ending.add(end);
  }

  private committed(topic: string, partition: number): Promise<CommittedPosition | undefined> {
    const { groupId } = this.props;
    return withRetries(async () => {
      const positions = await withAdmin(this.kafka, (admin) => groupPositions(admin, { groupId, topic }));
      return positions.get(partition);
    });
  }
}

const nameOf = (topic: string, partition: number): string => `${topic}.${partition}`;
