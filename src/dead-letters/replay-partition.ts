import { setTimeout as delay } from 'node:timers/promises';
import { partitionParts } from '../client/log/read-partition';
import { PATIENCE_MS } from '../client/patiently';
import { DEFAULTS } from '../client/producer/options';
import { kafkaErrorType } from '../client/quiet-kafka';
import { TransactionalSession, TransactionFailed } from '../client/transactions/transactional-session';
import { UserError } from '../console/user-error';
import type { TopicName } from '../topics/catalogue';
import type { Target } from './chains';
import { chunks, type Copy } from './chunks';
import { copyOf } from './copy';
import { markerMessage, markerOf } from './marker';
import type { Pace } from './pace';
import type { PartitionPlan } from './plan';

const TRANSACTION_TIMEOUT_MS = 30_000;
const REOPEN_MS = 1_000;
/** Behind every offset. */
const FOR_EVER = 2n ** 63n - 1n;

interface ReplayProps {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly from: TopicName;
  readonly to: Target;
  readonly plan: PartitionPlan;
  readonly pace: Pace;
  /** Records of one transaction, at most. */
  readonly atOnce: number;
  /** Tells this replay from all others. */
  readonly run: string;
  /** Told of each letter once, when its copy is committed. */
  readonly onReplayed: (letters: number) => void;
}

/**
 * Replays the letters of a partition that no marker strikes out. Copies and the marker that strikes their letters out are
 * one transaction; each session begins by fencing every other one of the partition, and only then reads the markers. So
 * whatever fails, and whoever else replays, each letter is replayed at most once.
 * @throws {UserError} when another replay has taken over, or a copy is larger than its topic allows
 */
export async function replayPartition(props: ReplayProps): Promise<void> {
  const done = new Set<bigint>();
  let lastProgress = Date.now();
  for (let session = 1; ; session++) {
    const before = done.size;
    try {
      await replayInSession(props, `${props.run}.${session}`, done);
      return;
    } catch (error) {
      refuseToGoOn(error, props);
      if (done.size > before) lastProgress = Date.now();
      if (Date.now() - lastProgress > PATIENCE_MS) throw error;
      await delay(REOPEN_MS);
    }
  }
}

async function replayInSession(props: ReplayProps, by: string, done: Set<bigint>): Promise<void> {
  const { bootstrap, from, to, plan, pace, atOnce } = props;
  const { partition } = plan;
  const session = await TransactionalSession.open({
    bootstrap,
    transactionalId: `dead-letters.${from}.${partition}`,
    transactionTimeoutMs: TRANSACTION_TIMEOUT_MS,
  });
  const strikeOut = (offsets: readonly bigint[]) => ({
    topic: from,
    partition,
    messages: [markerMessage({ offsets, by })],
  });
  const note = (offsets: readonly bigint[]): void => {
    const news = offsets.filter((offset) => !done.has(offset));
    for (const offset of news) done.add(offset);
    props.onReplayed(news.length);
  };
  try {
    await session.run([strikeOut([])]);
    const struckOut = await markersBefore(props, by, note);
    const left = new Set(plan.offsets.filter((offset) => !struckOut.has(offset)));
    for await (const chunk of chunks(copies(props, left), { records: atOnce, bytes: DEFAULTS.batchBytes })) {
      await pace.room(chunk.length);
      const offsets = chunk.map(({ offset }) => offset);
      await session.run([{ topic: to.topic, partition, messages: chunk.map(messageOf) }, strikeOut(offsets)]);
      note(offsets);
    }
  } finally {
    await session.close();
  }
}

/**
 * The offsets that markers strike out. A session has just written a marker of its own: when that one is read, so is all
 * that was committed before, even where a broker answers that does not know yet that it leads no more, or where another
 * transaction holds back what follows it.
 */
async function markersBefore(
  { bootstrap, from: topic, plan: { partition, offsets }, run }: ReplayProps,
  session: string,
  note: (offsets: readonly bigint[]) => void,
): Promise<ReadonlySet<bigint>> {
  const struckOut = new Set<bigint>();
  // A marker stands behind its letters.
  const log = partitionParts({ bootstrap, topic, partition, from: offsets[0] ?? 0n, until: FOR_EVER });
  for await (const part of log) {
    for (const marker of part.map(markerOf).filter((one) => one !== undefined)) {
      for (const offset of marker.offsets) struckOut.add(offset);
      // Committed by this very replay, which did not get the answer.
      if (marker.by.startsWith(`${run}.`)) note(marker.offsets);
      if (marker.by === session) return struckOut;
    }
  }
  return struckOut;
}

async function* copies({ bootstrap, from: topic, to, plan }: ReplayProps, left: Set<bigint>): AsyncGenerator<Copy> {
  const all = [...left];
  const [from, last] = [all[0], all.at(-1)];
  if (from === undefined || last === undefined) return;
  for await (const part of partitionParts({ bootstrap, topic, partition: plan.partition, from, until: last + 1n }))
    for (const letter of part)
      if (left.has(letter.offset)) yield { offset: letter.offset, record: copyOf(letter, to, Date.now()) };
}

const messageOf = ({ record: { key, value, headers, timestamp } }: Copy) => ({ key, value, headers, timestamp });

function refuseToGoOn(error: unknown, { from, to, plan: { partition } }: ReplayProps): void {
  if (error instanceof UserError) throw error;
  if (error instanceof TransactionFailed && error.isFenced) {
    throw new UserError(
      `Another replay of ${from} has taken over partition ${partition}; this one has stopped. No letter was replayed twice.`,
      'let it end, then list shows what is left; replay again if there is none: brokers also end what takes too long',
    );
  }
  if (kafkaErrorType(error) === 'MESSAGE_TOO_LARGE') {
    throw new UserError(
      `A letter of ${from}-${partition} is larger than ${to.topic} allows; those before it were replayed.`,
      `replay the letters around it (--partition ${partition} --from OFFSET), or raise maxMessageBytes of ${to.topic}`,
    );
  }
}
