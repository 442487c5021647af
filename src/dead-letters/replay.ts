import type { KafkaConnection } from '../protocol/connection';
import { randomUUID } from 'node:crypto';
import type { Platform } from '../platform/load';
import { FOREVER } from '../validation/units';
import { UserError } from '../validation/user-error';
import { Pace } from './pace';
import type { ReplayRequest } from './parse-options';
import { planReplay, type ReplayPlan } from './plan';
import { replayPartition } from './replay-partition';
import { readDeadLetters, topicOf } from './read-dead-letters';
import { commandLine } from '../validation/command-line';

/** A transaction takes about 20 ms. This number per second is sufficient for any rate. */
const TRANSACTIONS_PER_SECOND = 10;
const MOST_AT_ONCE = 100;

interface PlanProps extends ReplayRequest {
  /** Connection to the cluster. */
  readonly connection: KafkaConnection;
  /** Configuration with the topics of the cluster. */
  readonly config: Pick<Platform, 'topics'>;
}

interface ApplyProps extends Pick<PlanProps, 'connection' | 'rate'> {
  readonly plan: ReplayPlan;
  /** Called with the number of dead letter records replayed so far. @default none */
  readonly onProgress?: (replayed: number) => void;
}

/**
 * Reads the cluster and plans a replay, without changing anything.
 * @throws {UserError} if a topic or partition does not exist
 */
export async function readReplayPlan(props: PlanProps): Promise<ReplayPlan> {
  const { connection, config, chain, filters, target, otherReaders } = props;
  const { deadLetterTopic: from } = chain;
  const { id: topicId, partitions } = await topicOf(connection, from);
  const [ours, copies] = [partitions.length, (await topicOf(connection, target.topic)).partitions.length];
  const definition = config.topics.find(({ name }) => name === target.topic);
  if (copies < ours) {
    throw new UserError(
      `${target.topic} has ${copies} partitions and ${from} has ${ours}, but a copy keeps its partition number`,
      `give both the same number in the catalogue, then ${commandLine('topics plan')}`,
    );
  }
  return planReplay({
    from,
    topicId,
    to: target,
    retentionMs: definition?.retentionMs ?? FOREVER,
    otherReaders,
    partitions: await readDeadLetters({ connection, chain, filters, topicId }),
    now: Date.now(),
  });
}

/**
 * Carries out the plan, partition by partition. If two replays run at the same time, the later one takes over.
 * @returns the number of replayed dead letter records
 * @throws {UserError} if another replay has taken over, the topic was recreated since the plan, or dead letter records
 * were deleted
 */
export async function applyReplay({ connection, plan, rate, onProgress }: ApplyProps): Promise<number> {
  const pace = new Pace(rate);
  const run = randomUUID();
  const atOnce = Math.min(MOST_AT_ONCE, Math.ceil(rate / TRANSACTIONS_PER_SECOND));
  let replayed = 0;
  const onReplayed = (deadLetters: number): void => {
    replayed += deadLetters;
    onProgress?.(replayed);
  };
  const { from, topicId, to } = plan;
  const gone: string[] = [];
  for (const partition of plan.partitions) {
    const offsets = await replayPartition({
      ...{ connection, from, topicId, to, pace, atOnce, run, onReplayed },
      plan: partition,
    });
    gone.push(...offsets.map((offset) => `${partition.partition}@${offset}`));
  }
  if (gone.length > 0) throw new UserError(deleted(from, gone, replayed), 'keep them longer: retentionMs of the topic');
  return replayed;
}

/** Maximum number of listed records. */
const NAMED = 20;

const deleted = (from: string, gone: readonly string[], replayed: number): string =>
  `Dead letter records of ${from} were deleted before they were replayed: ${gone.length} (partition@offset: ` +
  `${gone.slice(0, NAMED).join(', ')}${gone.length > NAMED ? ', …' : ''}); the other ${replayed} were replayed.`;
