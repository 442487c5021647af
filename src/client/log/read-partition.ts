import { setTimeout as delay } from 'node:timers/promises';
import type { IHeaders } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';
import { fetchLog, type FetchedLog } from '../../wire/fetch-log';
import { listOffsets, type LOG_OFFSETS } from '../../wire/list-offsets';
import { recordBatches, recordsOf, type LogRecord } from '../../wire/record-batch';
import { requireOk } from '../../wire/request';
import type { ConsumedRecord, RecordPlace } from '../consumer/record';
import { PATIENCE_MS } from '../patiently';
import { askLeader } from './ask-leader';
import { committedBatches } from './committed-batches';
import { uncompressed } from './uncompressed';

const FETCH_BYTES = 1024 * 1024;
/** How long a broker waits for more at the end of the log. */
const WAIT_MS = 500;
const OFFSET_OUT_OF_RANGE = 1;

export interface PartitionProps<T extends TopicName> extends Omit<RecordPlace<T>, 'offset'> {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /** For how long there may be no answer or no progress. @default a minute */
  readonly stuckMs?: number;
}

interface ReadProps<T extends TopicName> extends PartitionProps<T> {
  /** The first offset to read; from the start of the log on if that has been deleted. */
  readonly from: bigint;
  /** The first offset not to read. What lies beyond the end, or behind an open transaction, is waited for. */
  readonly until: bigint;
}

/** One of the {@link LOG_OFFSETS} of a partition. @throws when its leader does not tell in time */
export const logOffset = (
  { bootstrap, topic, partition, stuckMs = PATIENCE_MS }: PartitionProps<TopicName>,
  which: keyof typeof LOG_OFFSETS,
): Promise<bigint> =>
  askLeader(
    { bootstrap, of: { topic, partition }, withinMs: stuckMs },
    listOffsets(which, [{ topic, partitions: [partition] }]),
    ([listed]) => {
      if (listed === undefined) throw new Error(`${topic}-${partition} was left out of the answer`);
      requireOk(listed.code);
      return listed.offset;
    },
  );

/**
 * What readers of committed records see of one partition, in the order of its log, without a group.
 * @throws when nothing comes any more for `stuckMs`
 */
export async function* readPartition<T extends TopicName>(props: ReadProps<T>): AsyncGenerator<ConsumedRecord<T>> {
  const { bootstrap, topic, partition, until, stuckMs = PATIENCE_MS } = props;
  const place = { topic, partition };
  let next = props.from;
  let lastProgress = Date.now();
  while (next < until) {
    const log = await askLeader(
      { bootstrap, of: place, withinMs: stuckMs },
      fetchLog({ ...place, offset: next }, { maxBytes: FETCH_BYTES, maxWaitMs: WAIT_MS }),
      known,
    );
    const before = next;
    if (log.code === OFFSET_OUT_OF_RANGE) next = await later(props, next);
    const batches = [...recordBatches(log.batches)];
    for (const batch of committedBatches(batches, log.aborted)) {
      for (const record of recordsOf(batch, await uncompressed(batch)))
        if (record.offset >= before && record.offset < until) yield consumed(place, record);
    }
    next = (batches.at(-1)?.lastOffset ?? next - 1n) + 1n;
    if (next > before) lastProgress = Date.now();
    else if (Date.now() - lastProgress > stuckMs)
      throw new Error(`${topic}-${partition} is not readable from offset ${next} on: nothing came for ${stuckMs} ms`);
  }
}

function known(log: FetchedLog): FetchedLog {
  if (log.code !== OFFSET_OUT_OF_RANGE) requireOk(log.code);
  return log;
}

/** Records are deleted from the start of the log while it is read; beyond its end there is only to wait. */
async function later(props: PartitionProps<TopicName>, offset: bigint): Promise<bigint> {
  const start = await logOffset(props, 'start');
  if (start > offset) return start;
  await delay(WAIT_MS);
  return offset;
}

function consumed<T extends TopicName>(
  place: Omit<RecordPlace<T>, 'offset'>,
  { headers, timestamp, ...record }: LogRecord,
): ConsumedRecord<T> {
  return { ...place, ...record, headers: byName(headers), timestamp: Number(timestamp) };
}

/** As kafkajs has them: a name that stands several times has a list. */
function byName(headers: LogRecord['headers']): IHeaders {
  const all = new Map<string, Buffer | Buffer[]>();
  for (const [name, value] of headers) {
    // kafkajs can write no null.
    const bytes = value ?? Buffer.alloc(0);
    const others = all.get(name);
    all.set(name, others === undefined ? bytes : [others, bytes].flat());
  }
  return Object.fromEntries(all);
}
