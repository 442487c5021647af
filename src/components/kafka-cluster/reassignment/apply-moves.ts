import { alterPartitionReassignments } from '../../../protocol/alter-partition-reassignments';
import { electPreferredLeaders } from '../../../protocol/elect-preferred-leaders';
import type { PartitionReassignment } from '../../../protocol/list-partition-reassignments';
import { ask } from '../../../protocol/request';
import { commandLine } from '../../../validation/command-line';
import { formatBytes, type BytesPerSecond } from '../../../validation/units';
import { UserError } from '../../../validation/user-error';
import { batchesOf } from './batches';
import type { Move } from './model';
import { summarizeMoves } from './moves-summary';
import { submit, untilArrived, untilWritable, type MoveBatch, type MoveContext } from './move-batch';
import { moveOf, partitionName } from './placement';
import { readPlacement } from './read-placement';
import { releaseMoves, removeThrottles, throttleMoves } from './throttles';
import { messageOf } from '../../../validation/message-of';

/** Time limit of the controller. */
const TIMEOUT_MS = 30_000;

/** How fast partitions move, and how many at once. */
export interface Pace {
  /** What each broker sends and receives at most for what moves. */
  readonly throttle: BytesPerSecond;
  /** Partitions that begin to move together. */
  readonly batch: number;
}

/** A cluster whose partitions move at a pace. */
export type MoveRun = MoveContext & Pace;

/**
 * Makes the moves, batch by batch, each with throttles. A batch begins when its partitions have their min ISR, and ends
 * when all of their replicas are in sync.
 * @throws {UserError} if the controller refuses a move, if nothing arrives for 10 minutes, or when interrupted; throttles
 * of what moves then remain until {@link endMoves}
 */
export async function makeMoves(run: MoveRun, moves: readonly Move[]): Promise<void> {
  const all = batchesOf(moves, run.batch);
  for (const [index, some] of all.entries()) {
    const batch = { name: `batch ${index + 1} of ${all.length}`, moves: some };
    await untilWritable(run, batch);
    await moveBatch(run, batch, () => submit(run, batch));
  }
}

/**
 * Waits for what is being moved already, by this command or another, with throttles.
 * @returns number of partitions
 */
export async function resumeMoves(run: MoveRun): Promise<number> {
  const { underWay, partitions } = await readPlacement(run.connection);
  if (underWay.length === 0) return 0;
  const moves = underWay.map((one) => moveOf(one, partitions));
  await moveBatch(run, { name: 'already under way', moves }, () => Promise.resolve());
  return underWay.length;
}

async function moveBatch(run: MoveRun, batch: MoveBatch, begin: () => Promise<void>): Promise<void> {
  const { connection, throttle: rate } = run;
  const limits = await readPlacement(connection);
  await throttleMoves(connection, limits, { moves: batch.moves, rate });
  await begin();
  await untilArrived(run, batch, limits.brokers);
  await releaseMoves(connection, batch.moves);
}

/**
 * Does work that moves partitions, then removes every throttle of the cluster and elects the preferred leaders, also if
 * the work fails. While partitions still move, their throttles stay: without them the copies would take all of the network.
 * @throws {UserError} with what the work failed of, and with what still moves
 */
export async function endMoves<T>(run: Pick<MoveRun, 'connection'>, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    throw withRemains(error, await cleanUp(run).catch((failure: unknown) => messageOf(failure)));
  }
  const remains = await cleanUp(run);
  if (remains !== undefined) throw withRemains(new UserError('Other partitions began to move meanwhile.'), remains);
  return result;
}

/** @returns what is left, in words; undefined if nothing is */
async function cleanUp({ connection }: Pick<MoveRun, 'connection'>): Promise<string | undefined> {
  const placement = await readPlacement(connection);
  if (placement.underWay.length > 0)
    return (
      `${placement.underWay.length} partitions are still being moved, and their throttles stay until then: ` +
      `the same command goes on, ${commandLine('brokers apply --cancel')} returns them.`
    );
  await removeThrottles(connection, placement);
  // A leader that is not elected now is elected by the controller within five minutes.
  await ask(connection, electPreferredLeaders(TIMEOUT_MS), { timeoutMs: TIMEOUT_MS + 10_000 });
  return undefined;
}

function withRemains(error: unknown, remains: string | undefined): unknown {
  if (remains === undefined || !(error instanceof Error)) return error;
  return new UserError(`${error.message}\n${remains}`);
}

/**
 * Returns every partition that is being moved to the brokers that it came from, and removes every throttle.
 * @returns the partitions
 */
export const cancelMoves = (run: MoveContext): Promise<readonly PartitionReassignment[]> =>
  endMoves(run, async () => {
    const { underWay, brokers, partitions } = await readPlacement(run.connection);
    if (underWay.length === 0) return [];
    const asked = underWay.map(({ topic, partition }) => ({ topic, partition, replicas: null }));
    const refusals = await ask(run.connection, alterPartitionReassignments(asked, TIMEOUT_MS), {
      timeoutMs: TIMEOUT_MS + 10_000,
    });
    if (refusals.length > 0)
      throw new UserError(
        `The controller refuses to return:\n${refusals.map((one) => `  ${partitionName(one)}: ${one.message}`).join('\n')}`,
      );
    const moves = underWay
      .map((one) => moveOf(one, partitions))
      .map(({ from, to, ...move }) => ({ ...move, from: to, to: from }));
    await untilArrived(run, { name: 'returns', moves }, brokers);
    return underWay;
  });

/** `12 partitions moved, 3.4 GiB copied`. */
export const movedText = (moves: readonly Move[]): string =>
  `${moves.length} partitions moved, ${formatBytes(summarizeMoves(moves).bytes)} copied`;
