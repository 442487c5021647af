import type { KafkaConnection } from '../protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import { LogChanged } from '../client/log/log-reading';
import { partitionParts } from '../client/log/read-partition';
import { RETRY_FOR_MS } from '../client/with-retries';
import { DEFAULTS } from '../client/producer/options';
import { isTooLarge, RecordRefused } from '../client/producer/refusals';
import { TransactionalSession, TransactionFailed } from '../client/transactions/transactional-session';
import { UserError } from '../validation/user-error';
import type { Target } from './chains';
import { chunks, type Copy } from './chunks';
import { copyOf } from './copy';
import { markerMessage, markerOf } from './marker';
import type { Pace } from './pace';
import type { PartitionPlan } from './plan';

const TRANSACTION_TIMEOUT_MS = 30_000;
const REOPEN_MS = 1_000;
/** Greater than every offset. */
const FOR_EVER = 2n ** 63n - 1n;
/** Missing dead letter records are reported individually at the end. */
const UNTOLD = (): void => undefined;

interface ReplayProps {
  /** Connection to the cluster. */
  readonly connection: KafkaConnection;
  readonly from: string;
  /** Id of the topic that the plan was made from. */
  readonly topicId: string;
  readonly to: Target;
  readonly plan: PartitionPlan;
  readonly pace: Pace;
  /** Maximum number of records in one transaction. */
  readonly atOnce: number;
  /** Id of this replay. */
  readonly run: string;
  /** Called with the number of newly replayed dead letter records after their copies are committed. */
  readonly onReplayed: (deadLetters: number) => void;
}

/**
 * Replays the dead letter records of a partition that are not marked as replayed. Copies and the marker for their dead
 * letter records are written in one transaction. Each session first fences all other sessions of the partition and then
 * reads the markers. Each dead letter record is therefore replayed at most once, whatever fails and however many
 * replays run.
 * @returns the offsets of dead letter records that were deleted before they were replayed
 * @throws {UserError} if another replay has taken over, the topic was recreated, or the target topic rejects a copy
 */
export async function replayPartition(props: ReplayProps): Promise<readonly bigint[]> {
  const done = new Set<bigint>();
  let lastProgress = Date.now();
  for (let session = 1; ; session++) {
    const before = done.size;
    try {
      return await replayInSession(props, `${props.run}.${session}`, done);
    } catch (error) {
      refuseToGoOn(error, props);
      if (done.size > before) lastProgress = Date.now();
      if (Date.now() - lastProgress > RETRY_FOR_MS) throw error;
      await delay(REOPEN_MS);
    }
  }
}

/** @returns as {@link replayPartition} */
async function replayInSession(props: ReplayProps, by: string, done: Set<bigint>): Promise<readonly bigint[]> {
  const { connection, from, to, plan, pace, atOnce } = props;
  const { partition } = plan;
  const session = await TransactionalSession.open({
    connection,
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
    return [...left];
  } finally {
    await session.close();
  }
}

/**
 * The offsets that are marked as replayed. The session has just written its own marker. When that marker has been read,
 * everything committed before it has been read, too, even if a former leader answers, or another transaction limits the
 * last stable offset.
 */
async function markersBefore(
  { connection, from: topic, topicId, plan: { partition, offsets }, run }: ReplayProps,
  session: string,
  note: (offsets: readonly bigint[]) => void,
): Promise<ReadonlySet<bigint>> {
  const struckOut = new Set<bigint>();
  // A marker follows its dead letter records in the log.
  const from = offsets[0] ?? 0n;
  const log = partitionParts({
    connection,
    topic,
    topicId,
    partition,
    from,
    until: FOR_EVER,
    onNotice: UNTOLD,
  });
  for await (const part of log) {
    for (const marker of part.map(markerOf).filter((one) => one !== undefined)) {
      for (const offset of marker.offsets) struckOut.add(offset);
      // A transaction of this replay that was committed although its response was lost.
      if (marker.by.startsWith(`${run}.`)) note(marker.offsets);
      if (marker.by === session) return struckOut;
    }
  }
  return struckOut;
}

/** Yields copies of the remaining records and removes them from `left`. */
async function* copies(props: ReplayProps, left: Set<bigint>): AsyncGenerator<Copy> {
  const { connection, from: topic, topicId, to, plan } = props;
  const all = [...left];
  const [from, last] = [all[0], all.at(-1)];
  if (from === undefined || last === undefined) return;
  const range = { partition: plan.partition, from, until: last + 1n };
  for await (const part of partitionParts({ connection, topic, topicId, ...range, onNotice: UNTOLD }))
    for (const deadLetter of part)
      if (left.delete(deadLetter.offset))
        yield { offset: deadLetter.offset, record: copyOf(deadLetter, to, Date.now()) };
}

const messageOf = ({ record: { key, value, headers, timestamp } }: Copy) => ({ key, value, headers, timestamp });

function refuseToGoOn(error: unknown, { from, to, plan: { partition } }: ReplayProps): void {
  if (error instanceof UserError) throw error;
  if (error instanceof LogChanged) {
    throw new UserError(
      `${error.message}; the replay of partition ${partition} has stopped, because its records no longer exist.`,
      'list shows the current dead letter records',
    );
  }
  if (error instanceof TransactionFailed && error.isFenced) {
    throw new UserError(
      `Another replay of ${from} has taken over partition ${partition}; this one has stopped. No dead letter record was replayed twice.`,
      'wait until it ends, then use list to see what is left; if no other replay runs, a transaction exceeded its timeout: replay again',
    );
  }
  const { cause } = error as { readonly cause?: unknown };
  if (error instanceof TransactionFailed && cause instanceof RecordRefused) {
    throw new UserError(
      `A dead letter record of ${from}-${partition} ${isTooLarge(cause) ? 'is larger than' : 'does not fit what'} ${to.topic} allows; ` +
        `those before it were replayed. ${cause.message}.`,
      `replay the records around it (--partition ${partition} --from OFFSET), or change the setting of ${to.topic}`,
    );
  }
}
