import { randomUUID } from 'node:crypto';
import type { Platform } from '../config/load';
import { FOREVER } from '../config/units';
import { UserError } from '../console/user-error';
import { otherReaders } from './chains';
import { Pace } from './pace';
import type { ReplayRequest } from './parse-options';
import { planReplay, type ReplayPlan } from './plan';
import { replayPartition } from './replay-partition';
import { partitionsOf, survey } from './survey';

/** Transactions take some 20 ms each; so many a second are enough for any pace. */
const TRANSACTIONS_PER_SECOND = 10;
const MOST_AT_ONCE = 100;

interface PlanProps extends ReplayRequest {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /** Whose topics the cluster has. */
  readonly config: Pick<Platform, 'topics'>;
}

interface ApplyProps extends Pick<PlanProps, 'bootstrap' | 'rate'> {
  readonly plan: ReplayPlan;
  /** Told how many letters are replayed by now. @default nobody */
  readonly onProgress?: (replayed: number) => void;
}

/**
 * What a replay would write, read from the cluster; changes nothing.
 * @throws {UserError} when the cluster lacks a topic or a partition of it
 */
export async function readReplayPlan({ bootstrap, config, chain, filters, target }: PlanProps): Promise<ReplayPlan> {
  const { deadLetterTopic: from } = chain;
  const [letters, copies] = [await partitionsOf(bootstrap, from), await partitionsOf(bootstrap, target.topic)];
  const definition = config.topics.find(({ name }) => name === target.topic);
  if (copies < letters) {
    throw new UserError(
      `${target.topic} has ${copies} partitions and ${from} has ${letters}: copies keep the partition's number`,
      'give both the same number in the catalogue, then npm run topics -- plan',
    );
  }
  return planReplay({
    from,
    to: target,
    retentionMs: definition?.retentionMs ?? FOREVER,
    otherReaders: otherReaders(chain, target),
    surveys: await survey({ bootstrap, chain, filters }),
    now: Date.now(),
  });
}

/**
 * Does what the plan says, partition after partition: of two replays at once, the later one takes over.
 * @returns how many letters were replayed
 * @throws {UserError} when another replay has taken over
 */
export async function applyReplay({ bootstrap, plan, rate, onProgress }: ApplyProps): Promise<number> {
  const pace = new Pace(rate);
  const run = randomUUID();
  const atOnce = Math.min(MOST_AT_ONCE, Math.ceil(rate / TRANSACTIONS_PER_SECOND));
  let replayed = 0;
  const onReplayed = (letters: number): void => {
    replayed += letters;
    onProgress?.(replayed);
  };
  for (const partition of plan.partitions)
    await replayPartition({ bootstrap, from: plan.from, to: plan.to, plan: partition, pace, atOnce, run, onReplayed });
  return replayed;
}
