import { formatDuration } from '../config/units';
import type { Letter } from './letter';
import { countOf, type PartitionPlan, type ReplayPlan } from './plan';
import type { Survey } from './survey';

/** The letters for people, a line each. */
export function letterList(topic: string, surveys: readonly Survey[]): string {
  const lines = surveys.flatMap(({ letters, replayed }) =>
    letters.map((letter) => letterLine(letter, replayed.get(letter.offset))),
  );
  const done = surveys.flatMap(({ letters, replayed }) => letters.filter(({ offset }) => replayed.has(offset))).length;
  return [...lines, `${topic}: ${lettersOf(lines.length)}, ${done} replayed`].join('\n');
}

/** The letters for machines; offsets as text, for they may be beyond a number. */
export const letterData = (surveys: readonly Survey[]): readonly object[] =>
  surveys.flatMap(({ letters, replayed }) =>
    letters.map(({ partition, offset, first, timestamp, key, errorClass, message, attempts }) => ({
      partition,
      offset: String(offset),
      first: first ?? null,
      time: timeOf(timestamp),
      key,
      error: { class: errorClass ?? null, message },
      attempts: attempts ?? null,
      replayedAt: timeOrNull(replayed.get(offset)),
    })),
  );

/** The plan for people. */
export function planText(plan: ReplayPlan): string {
  const { from, to, partitions, replayedBefore, tooOld, retentionMs, otherReaders } = plan;
  const skipped = [
    ...(replayedBefore > 0 ? [`skipped: ${replayedBefore} replayed before`] : []),
    ...(tooOld > 0 ? [`skipped: ${tooOld} too old: ${to.topic} keeps records for ${formatDuration(retentionMs)}`] : []),
    ...(tooOld > 0 && to.isRetry ? ['         --target source writes to a topic that may keep them longer'] : []),
  ];
  const readers =
    countOf(plan) > 0 && otherReaders.length > 0
      ? [`${to.topic} is read by others too, who get the copies as well: ${otherReaders.join(', ')}`]
      : [];
  return [`${from} -> ${to.topic}`, ...partitions.map(partitionLine), ...skipped, ...readers].join('\n');
}

/** `3 letters`. */
export const lettersOf = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`;

/** The plan for machines. @param replayed how many were, when the plan was applied */
export const planData = (plan: ReplayPlan, replayed: number | undefined): object => ({
  from: plan.from,
  to: plan.to.topic,
  partitions: plan.partitions.map(({ partition, offsets }) => ({ partition, offsets: offsets.map(String) })),
  replayedBefore: plan.replayedBefore,
  tooOld: plan.tooOld,
  otherReaders: plan.otherReaders,
  applied: replayed !== undefined,
  replayed: replayed ?? 0,
});

function letterLine({ partition, offset, timestamp, ...letter }: Letter, replayedAt: number | undefined): string {
  const why = [letter.errorClass, letter.message].filter((part) => part !== undefined && part !== '').join(': ');
  return [
    `${partition}@${offset}`,
    `from ${letter.first ?? '?'}`,
    timeOf(timestamp),
    `after ${letter.attempts ?? '?'} ${letter.attempts === 1 ? 'attempt' : 'attempts'}`,
    // What others wrote must not move the cursor.
    why.replace(/\p{Cc}+/gu, ' '),
    ...(replayedAt === undefined ? [] : [`replayed ${timeOf(replayedAt)}`]),
  ].join('  ');
}

function partitionLine({ partition, offsets }: PartitionPlan): string {
  const [first, last] = [offsets[0], offsets.at(-1)];
  const range = first === last ? `offset ${first}` : `offsets ${first} to ${last}`;
  return `  partition ${partition}: ${lettersOf(offsets.length)}, ${range}`;
}

const timeOf = (timestamp: number): string => new Date(timestamp).toISOString();

const timeOrNull = (timestamp: number | undefined): string | null =>
  timestamp === undefined ? null : timeOf(timestamp);
