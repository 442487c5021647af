import { formatDuration } from '../validation/units';
import { timeText } from '../console/time-text';
import { visible } from '../console/visible';
import type { DeadLetter } from './dead-letter';
import { countOf, type PartitionPlan, type ReplayPlan } from './plan';
import type { PartitionDeadLetters } from './read-dead-letters';

/** The dead letter records as text, one line each. */
export function deadLetterList(topic: string, partitions: readonly PartitionDeadLetters[]): string {
  const lines = partitions.flatMap(({ deadLetters, replayed }) =>
    deadLetters.map((deadLetter) => deadLetterLine(deadLetter, replayed.get(deadLetter.offset))),
  );
  const done = partitions.flatMap(({ deadLetters, replayed }) =>
    deadLetters.filter(({ offset }) => replayed.has(offset)),
  ).length;
  return [...lines, `${topic}: ${deadLetterCount(lines.length)}, ${done} replayed`].join('\n');
}

/**
 * The dead letter records as JSON data. Offsets are texts, because they may exceed the range of a number; an invalid
 * timestamp is a number.
 */
export const deadLetterData = (partitions: readonly PartitionDeadLetters[]): readonly object[] =>
  partitions.flatMap(({ deadLetters, replayed }) =>
    deadLetters.map(({ partition, offset, first, key, isTombstone, errorClass, message, attempts, ...deadLetter }) => ({
      partition,
      offset: String(offset),
      first: first ?? null,
      time: timeText(deadLetter.exactTimestamp ?? deadLetter.timestamp),
      key,
      tombstone: isTombstone,
      error: { class: errorClass ?? null, message },
      attempts: attempts ?? null,
      replayedAt: timeOrNull(replayed.get(offset)),
    })),
  );

/** The plan as text. */
export function planText(plan: ReplayPlan): string {
  const { from, to, partitions, replayedBefore, tooOld, retentionMs, otherReaders } = plan;
  const skipped = [
    ...(replayedBefore > 0 ? [`skipped: ${replayedBefore} replayed before`] : []),
    ...(tooOld > 0 ? [`skipped: ${tooOld} too old: ${to.topic} keeps records for ${formatDuration(retentionMs)}`] : []),
    ...(tooOld > 0 && to.isRetry ? ['         --target source writes to a topic that may keep them longer'] : []),
  ];
  const readers =
    countOf(plan) > 0 && otherReaders.length > 0
      ? [`${to.topic} is also read by other groups, which receive the copies, too: ${otherReaders.join(', ')}`]
      : [];
  return [`${from} -> ${to.topic}`, ...partitions.map(partitionLine), ...skipped, ...readers].join('\n');
}

/** `3 dead letter records`. */
export const deadLetterCount = (count: number): string =>
  `${count} ${count === 1 ? 'dead letter record' : 'dead letter records'}`;

/** The plan as JSON data. @param replayed number of replayed records if the plan was applied */
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

function deadLetterLine(
  { partition, offset, timestamp, ...deadLetter }: DeadLetter,
  replayedAt: number | undefined,
): string {
  const why = [deadLetter.errorClass, deadLetter.message]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  return [
    `${partition}@${offset}`,
    `from ${deadLetter.first ?? '?'}`,
    deadLetter.key === null ? 'without a key' : `key ${deadLetter.key}`,
    ...(deadLetter.isTombstone ? ['tombstone'] : []),
    timeText(deadLetter.exactTimestamp ?? timestamp),
    `after ${deadLetter.attempts ?? '?'} ${deadLetter.attempts === 1 ? 'attempt' : 'attempts'}`,
    why,
    ...(replayedAt === undefined ? [] : [`replayed ${timeText(replayedAt)}`]),
  ]
    .map(visible)
    .join('  ');
}

function partitionLine({ partition, offsets }: PartitionPlan): string {
  const [first, last] = [offsets[0], offsets.at(-1)];
  const range = first === last ? `offset ${first}` : `offsets ${first} to ${last}`;
  return `  partition ${partition}: ${deadLetterCount(offsets.length)}, ${range}`;
}

const timeOrNull = (timestamp: number | undefined): string | null =>
  timestamp === undefined ? null : timeText(timestamp);
