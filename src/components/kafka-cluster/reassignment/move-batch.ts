import { setTimeout as delay } from 'node:timers/promises';
import { alterPartitionReassignments } from '../../../protocol/alter-partition-reassignments';
import type { KafkaConnection } from '../../../protocol/connection';
import type { PartitionReassignment } from '../../../protocol/list-partition-reassignments';
import { METADATA, type PartitionMetadata } from '../../../protocol/metadata';
import { ask } from '../../../protocol/request';
import { UserError } from '../../../validation/user-error';
import { formatBytes, formatDuration, minutes } from '../../../validation/units';
import type { Move } from './model';
import { brokersText, partitionName, type LiveBroker } from './placement';
import { readReplicas } from './read-brokers';
import { readUnderWay } from './read-placement';
import { readExistingTopics } from './read-topics';

/** Time limit of the controller. */
const TIMEOUT_MS = 30_000;

const POLL_MS = 1_000;

/** Nothing that is copied arrives for this long only when a broker is down, or a throttle is too low. */
const STALL_MS = minutes(10);

/** Kafka's error code UNKNOWN_TOPIC_OR_PARTITION: the topic was deleted meanwhile. */
const UNKNOWN_TOPIC = 3;

/** The cluster whose partitions move, and who is told. */
export interface MoveContext {
  readonly connection: KafkaConnection;
  /** Receives what is being waited for. */
  readonly note: (detail: string) => void;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** Moves that begin together. */
export interface MoveBatch {
  /** `batch 2 of 5`. */
  readonly name: string;
  readonly moves: readonly Move[];
}

/**
 * Waits until enough replicas of each partition are in sync for writes: a partition that a broker is missing from
 * already is not moved.
 * @throws {UserError} after 10 minutes, or when interrupted
 */
export async function untilWritable(context: MoveContext, { name, moves }: MoveBatch): Promise<void> {
  const topics = await readExistingTopics(context.connection, new Set(moves.map(({ topic }) => topic)));
  await untilNone(context, async () => {
    const partitions = await readPartitions(context.connection, moves);
    const short = partitions.filter(({ topic, inSyncReplicas, replicas }) => {
      const { minInSync = 1 } = topics.get(topic) ?? {};
      return inSyncReplicas.length < Math.min(minInSync, replicas.length);
    });
    return { left: short.length, detail: `${name} waits for ${missing(short)}`, progress: 0 };
  });
}

/**
 * Begins the moves, and does not wait. Topics that were deleted meanwhile are left out.
 * @throws {UserError} with all moves that the controller refused
 */
export async function submit(context: MoveContext, { moves }: MoveBatch): Promise<void> {
  const asked = moves.map(({ topic, partition, to }) => ({ topic, partition, replicas: to }));
  const refusals = await ask(context.connection, alterPartitionReassignments(asked, TIMEOUT_MS), {
    timeoutMs: TIMEOUT_MS + 10_000,
  });
  const lines = refusals.filter(({ code }) => code !== UNKNOWN_TOPIC);
  if (lines.length === 0) return;
  throw new UserError(
    `The controller refuses to move:\n${lines.map((one) => `  ${partitionName(one)}: ${one.message}`).join('\n')}`,
    'plan again',
  );
}

/**
 * Waits until the moves have arrived, and all replicas of these partitions are in sync.
 * @throws {UserError} if nothing arrives for 10 minutes, or when interrupted
 */
export async function untilArrived(
  context: MoveContext,
  { name, moves }: MoveBatch,
  brokers: readonly LiveBroker[],
): Promise<void> {
  const targets = new Map(moves.map((move) => [partitionName(move), move.to]));
  await untilNone(context, async () => {
    const [underWay, partitions] = await Promise.all([
      readUnderWay(context.connection),
      readPartitions(context.connection, moves),
    ]);
    const moving = underWay.filter((one) => targets.has(partitionName(one)));
    const behind = partitions.filter(
      (one) =>
        one.inSyncReplicas.length < one.replicas.length || !hasReplicas(one, targets.get(partitionName(one)) ?? []),
    );
    const left = new Set([...moving, ...behind].map(partitionName)).size;
    const bytes = await bytesLeft(context.connection, moving, brokers);
    const detail = `${name}: ${left} of ${moves.length} partitions and ${formatBytes(bytes)} left`;
    return { left, progress: bytes, detail: moving.length > 0 ? detail : `${detail}, waits for ${missing(behind)}` };
  });
}

/**
 * Whether a broker knows of the end of a move. As long as it does not, it lists the replicas of before and of afterwards,
 * and a plan would take all of them for replicas that the partition is to have.
 */
const hasReplicas = ({ replicas }: PartitionMetadata, wanted: readonly number[]): boolean =>
  replicas.length === wanted.length && wanted.every((id) => replicas.includes(id));

interface Waiting {
  /** What is still waited for; 0 ends the waiting. */
  readonly left: number;
  /** Decreases as long as there is progress. */
  readonly progress: number;
  readonly detail: string;
}

async function untilNone({ note, signal }: MoveContext, read: () => Promise<Waiting>): Promise<void> {
  let moved = Date.now();
  let best = { left: Infinity, progress: Infinity };
  for (;;) {
    if (signal.aborted) throw new UserError('Interrupted.');
    const { left, progress, detail } = await read();
    if (left === 0) return;
    note(detail);
    if (left < best.left || progress < best.progress) moved = Date.now();
    best = { left: Math.min(left, best.left), progress: Math.min(progress, best.progress) };
    if (Date.now() - moved > STALL_MS)
      throw new UserError(
        `No progress within ${formatDuration(STALL_MS)}: ${detail}.`,
        'check whether the brokers that take part run, and whether the throttle is above what is written to the partitions',
      );
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

type NamedPartition = PartitionMetadata & { readonly topic: string };

/** The partitions of these moves that still exist. */
async function readPartitions(connection: KafkaConnection, moves: readonly Move[]): Promise<readonly NamedPartition[]> {
  const own = new Set(moves.map(partitionName));
  const topics = await ask(connection, METADATA);
  return topics
    .flatMap(({ name: topic, partitions }) => partitions.map((one) => ({ topic, ...one })))
    .filter((one) => own.has(partitionName(one)));
}

/** `broker 2, out of sync in orders-0 and 3 more`. */
function missing(partitions: readonly NamedPartition[]): string {
  const [first, ...others] = partitions;
  if (first === undefined) return '';
  const out = partitions.flatMap(({ replicas, inSyncReplicas }) =>
    replicas.filter((id) => !inSyncReplicas.includes(id)),
  );
  const ids = [...new Set(out)].sort((a, b) => a - b);
  if (ids.length === 0) return `a broker that does not know yet where ${partitionName(first)} is`;
  return `${brokersText(ids)}, out of sync in ${partitionName(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/** What the brokers that are added lack of the largest replica. */
async function bytesLeft(
  connection: KafkaConnection,
  moving: readonly PartitionReassignment[],
  brokers: readonly LiveBroker[],
): Promise<number> {
  const part = new Set(moving.flatMap(({ replicas }) => replicas));
  const asked = brokers.filter(({ id }) => part.has(id));
  const sizes = new Map<string, number>();
  for (const { id, server } of asked)
    for (const replica of await readReplicas(connection, server))
      sizes.set(`${partitionName(replica)}@${id}`, replica.bytes);
  const sizeOn = (one: PartitionReassignment, id: number): number => sizes.get(`${partitionName(one)}@${id}`) ?? 0;
  return moving
    .flatMap((one) => {
      const largest = Math.max(...one.replicas.map((id) => sizeOn(one, id)));
      return one.adding.map((id) => largest - sizeOn(one, id));
    })
    .reduce((total, bytes) => total + bytes, 0);
}
