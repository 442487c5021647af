import { setTimeout as delay } from 'node:timers/promises';
import type { TopicName } from '../../topics/catalogue';
import { fetchLog, type LogPart } from '../../wire/fetch-log';
import { listOffsets, type LOG_OFFSETS } from '../../wire/list-offsets';
import { askServer, requireOk } from '../../wire/request';
import { registerCodecs } from '../codecs/register';
import { consumedRecord, type ConsumedRecord } from '../consumer/record';
import { PATIENCE_MS } from '../patiently';
import { leaderOf } from './leader';
import { committedOf } from './record-batches';

const REQUEST_MS = 12_000;
const PAUSE_MS = 200;
const FETCH_BYTES = 4 * 1024 * 1024;
const OFFSET_OUT_OF_RANGE = 1;

interface PartitionProps<T extends TopicName> {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly topic: T;
  readonly partition: number;
  /** @default the first record that is still there */
  readonly from?: bigint;
  /** The first offset that is not read. @default where the log ends when the call is made */
  readonly until?: bigint;
  /** How long nothing may come, as while the leader moves or a transaction is open. @default a minute */
  readonly stuckMs?: number;
}

interface ReadProps<T extends TopicName> extends PartitionProps<T> {
  /** Given each record in the order of the log. */
  readonly onRecord: (record: ConsumedRecord<T>) => void;
}

/**
 * Reads a partition up to its end, as readers of committed records see it, and without a group. What stands behind a
 * transaction that is open then is waited for.
 * @returns the offset where it ended
 * @throws the last error, or that a transaction is open, once nothing has come for `stuckMs`
 */
export async function readPartition<T extends TopicName>({ onRecord, ...props }: ReadProps<T>): Promise<bigint> {
  const parts = partitionParts(props);
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return value;
    for (const record of value) onRecord(record);
  }
}

/** As {@link readPartition}, part after part, each fetched only when it is asked for. */
export async function* partitionParts<T extends TopicName>(
  props: PartitionProps<T>,
): AsyncGenerator<readonly ConsumedRecord<T>[], bigint, undefined> {
  registerCodecs();
  const { topic, partition, stuckMs = PATIENCE_MS } = props;
  let next = props.from ?? 0n;
  let end = props.until;
  let leader: string | undefined;
  let lastProgress = Date.now();
  const fetchNext = async (): Promise<LogPart> => {
    leader ??= await leaderOf(props.bootstrap, props);
    end ??= await offsetOf(leader, props, 'highWatermark');
    return fetched(leader, props, next);
  };
  while (end === undefined || next < end) {
    const part = await fetchNext().catch((error: unknown) => error as Error);
    if (part instanceof Error) {
      leader = undefined;
      if (Date.now() - lastProgress > stuckMs) throw part;
      await delay(PAUSE_MS);
      continue;
    }
    const [begin, until]: [bigint, bigint] = [next, end ?? next];
    const read = await committedOf(part);
    const records = read.messages.map((message) => consumedRecord({ topic, partition }, message));
    yield records.filter(({ offset }) => offset >= begin && offset < until);
    const reached = maximum(read.next ?? next, next, part.logStartOffset);
    if (reached > next) {
      next = reached;
      lastProgress = Date.now();
    } else if (next < until) {
      if (Date.now() - lastProgress > stuckMs)
        throw new Error(`${topic}-${partition}: a transaction is open at ${next}`);
      await delay(PAUSE_MS);
    }
  }
  return end;
}

type Place = Pick<PartitionProps<TopicName>, 'topic' | 'partition'>;

/** What was deleted by now is passed over. */
async function fetched(leader: string, place: Place, offset: bigint): Promise<LogPart> {
  const { topic, partition } = place;
  const part = await askServer(leader, fetchLog({ topic, partition, offset }, FETCH_BYTES), REQUEST_MS);
  if (part.code === OFFSET_OUT_OF_RANGE) {
    const start = await offsetOf(leader, place, 'start');
    if (start > offset) return fetched(leader, place, start);
  }
  requireOk(part.code);
  return part;
}

/** @throws when it does not know, as a leader that was just elected does not know yet what is replicated (KIP-207) */
async function offsetOf(leader: string, { topic, partition }: Place, which: keyof typeof LOG_OFFSETS): Promise<bigint> {
  const [listed] = await askServer(leader, listOffsets(which, [{ topic, partitions: [partition] }]), REQUEST_MS);
  requireOk(listed?.code ?? 0);
  return listed?.offset ?? -1n;
}

const maximum = (...offsets: readonly bigint[]): bigint => offsets.reduce((a, b) => (a > b ? a : b));
