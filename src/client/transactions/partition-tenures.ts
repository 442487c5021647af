import type { TopicName } from '../../topics/catalogue';
import type { Tenures } from '../consumer/commits';
import { OutageError } from '../consumer/errors';
import type { RecordPlace } from '../consumer/record';
import { groupOffsets } from '../group-offsets';
import type { ClientMetrics } from '../metrics/client-metrics';
import { patiently } from '../patiently';
import { quietKafka, withAdmin } from '../quiet-kafka';
import { PartitionTenure } from './partition-tenure';
import { PartitionCounts } from './placement';

/** Longer than a transaction of a fetched batch takes; a partition whose owner died waits no longer for it. */
const TRANSACTION_TIMEOUT_MS = 20_000;

interface TenuresProps<S> {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly groupId: string;
  /** After so long a transaction is aborted. @default 20 s */
  readonly transactionTimeoutMs?: number | undefined;
  /** @default none */
  readonly metrics?: ClientMetrics | undefined;
  /** Makes what the handler keeps of a partition; nobody else writes meanwhile. */
  readonly restore: (partition: number) => Promise<S>;
}

/** The partitions that a member of a group has, each by a transactional id of its own: `<group>.<topic>.<partition>`. */
export class PartitionTenures<S> implements Tenures {
  private readonly held = new Map<string, PartitionTenure<S>>();
  private readonly ending = new Set<Promise<void>>();
  private readonly kafka;
  private readonly counts: PartitionCounts;

  constructor(private readonly props: TenuresProps<S>) {
    this.kafka = quietKafka(props.bootstrap);
    this.counts = new PartitionCounts(this.kafka);
  }

  rejoined(): void {
    for (const tenure of this.held.values()) this.end(tenure);
    this.held.clear();
  }

  async of(topic: string, partition: number): Promise<PartitionTenure<S>> {
    const name = nameOf(topic, partition);
    const known = this.held.get(name);
    if (known?.isOver === false) return known;
    if (known !== undefined) this.end(known);
    this.held.delete(name);
    const { bootstrap, groupId, transactionTimeoutMs = TRANSACTION_TIMEOUT_MS, metrics, restore } = this.props;
    const tenure = await PartitionTenure.take({
      session: { bootstrap, transactionalId: `${groupId}.${name}`, transactionTimeoutMs },
      // Nothing else is subscribed to.
      place: { groupId, topic: topic as TopicName, partition },
      counts: this.counts,
      metrics,
      readCommitted: () => this.committed(topic, partition),
      restore: () => restore(partition),
    });
    this.held.set(name, tenure);
    return tenure;
  }

  /** The one under which the record was fetched. @throws {OutageError} when it is over: whoever handles it is told to end, too */
  current({ topic, partition }: Pick<RecordPlace, 'topic' | 'partition'>): PartitionTenure<S> {
    const tenure = this.held.get(nameOf(topic, partition));
    if (tenure === undefined) throw new OutageError(`${nameOf(topic, partition)} is not held any more`);
    return tenure;
  }

  async close(): Promise<void> {
    this.rejoined();
    await Promise.all(this.ending);
  }

  private end(tenure: PartitionTenure<S>): void {
    const end = tenure.close().finally(() => this.ending.delete(end));
    this.ending.add(end);
  }

  private committed(topic: string, partition: number): Promise<bigint | undefined> {
    const { groupId } = this.props;
    return patiently(async () => {
      const offsets = await withAdmin(this.kafka, (admin) => groupOffsets(admin, { groupId, topic }));
      return offsets.get(partition);
    });
  }
}

const nameOf = (topic: string, partition: number): string => `${topic}.${partition}`;
