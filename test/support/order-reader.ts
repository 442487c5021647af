import type { KafkaConnection } from '../../src/protocol/connection';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { ConsumerOptions } from '../../src/client/consumer/options';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { groupOffsets } from '../../src/client/group-offsets';
import { ClientMetrics } from '../../src/client/metrics/client-metrics';
import type { ClientNotice, RecordsMissing } from '../../src/client/notices';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { groupLag } from './group-lag';
import { setOffsets } from './set-offsets';

const TOPIC = 'orders';

type Options = ConsumerOptions<typeof TOPIC>;

export const numberOf = ({ value }: Pick<ConsumedRecord, 'value'>): number => Number(value?.toString());
export const distinct = (numbers: Iterable<number>): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);
/** The numbers of records written by `writeCounting`. */
export const all = (records: number): readonly number[] => Array.from({ length: records }, (_, number) => number);

export const missingOf = (notices: readonly ClientNotice[]): readonly RecordsMissing[] =>
  notices.filter((notice) => notice.kind === 'records-missing');

/** A group that reads orders one by one, and its notices. */
export class OrderReader {
  /** Numbers of the handled records. */
  readonly handled: number[] = [];
  readonly notices: ClientNotice[] = [];
  readonly metrics = new ClientMetrics();

  constructor(
    private readonly connection: KafkaConnection,
    private readonly groupId: string,
  ) {}

  start(different: Pick<Partial<Options>, 'handle' | 'onNotice'> = {}): Promise<EventConsumer<typeof TOPIC>> {
    return EventConsumer.start<typeof TOPIC>({
      connection: this.connection,
      groupId: this.groupId,
      topics: [TOPIC],
      heartbeatIntervalMs: 300,
      metrics: this.metrics,
      onNotice: different.onNotice ?? ((notice) => void this.notices.push(notice)),
      handle: different.handle ?? ((record) => void this.handled.push(numberOf(record))),
    });
  }

  get missing(): readonly RecordsMissing[] {
    return missingOf(this.notices);
  }

  committed(): Promise<ReadonlyMap<number, bigint>> {
    const { connection, groupId } = this;
    return withAdmin(connectKafka(connection), (admin) => groupOffsets(admin, { groupId, topic: TOPIC }));
  }

  /** Sets the same offset in every partition, like a tool. */
  async setOffsets(offset: string): Promise<void> {
    const { connection, groupId } = this;
    const known = await withAdmin(connectKafka(connection), (admin) => admin.fetchTopicOffsets(TOPIC));
    const partitions = known.map(({ partition }) => ({ partition, offset }));
    await setOffsets(connection, { groupId, topic: TOPIC, partitions });
  }

  async hasCaughtUp(): Promise<boolean> {
    const { connection, groupId } = this;
    return (await groupLag({ connection, groupId, topic: TOPIC })) === 0n;
  }
}
