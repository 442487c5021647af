import { commandLine } from '../../../validation/command-line';
import { formatBytes } from '../../../validation/units';
import { batchesOf } from './batches';
import type { PlanInput } from './growth-plan';
import type { Move } from './model';
import { summarizeMoves } from './moves-summary';
import { partitionName, type LiveBroker, type LivePartition, type Placement } from './placement';
import { addedBy } from './throttle-lists';

/** Share of a volume that stays free. */
const FREE_SHARE = 0.1;

/** What keeps a plan from being applied. */
export interface Problem {
  /** `broker 3`, or a topic. */
  readonly about: string;
  readonly reason: string;
  readonly fix: string;
}

/** Everything that keeps these moves from being made, by kind, then by id or name. */
export const problemsOf = (input: PlanInput, moves: readonly Move[]): readonly Problem[] => [
  ...notServing(input),
  ...cordoned(input),
  ...notWanted(input),
  ...tooManyReplicas(input),
  ...withoutLeader(input.placement),
  ...fullDisks(input, moves),
  ...tooSlow(input, batchesOf(moves, input.batch)),
];

const DEPLOY = commandLine('deploy');

function notServing({ placement, wanted }: PlanInput): readonly Problem[] {
  return wanted.flatMap(({ id }): readonly Problem[] => {
    const about = `broker ${id}`;
    const live = placement.brokers.find((broker) => broker.id === id);
    if (live === undefined) {
      const fix = `deploy the configuration (${DEPLOY}) and wait until the broker runs, or lower replicas of its pool`;
      return [{ about, reason: 'it is part of the configuration, and not registered', fix }];
    }
    if (live.isFenced)
      return [{ about, reason: 'it is registered, and does not serve (fenced)', fix: 'start it, or see its log' }];
    if (live.state === undefined) {
      const fix =
        'run this command where the addresses of all brokers can be reached, as in a pod of the cluster, or with --context';
      return [{ about, reason: `it does not answer at ${live.server}: its disk and its settings are unknown`, fix }];
    }
    return live.state.failedDirectories.map((path) => ({
      about,
      reason: `its log directory ${path} has failed`,
      fix: 'replace the disk, or see the log of the broker',
    }));
  });
}

/** Kafka accepts a reassignment to a cordoned broker. */
const cordoned = ({ placement, wanted }: PlanInput): readonly Problem[] =>
  placement.brokers
    .filter(({ id, state }) => state?.isCordoned === true && wanted.some((one) => one.id === id))
    .map(({ id }) => ({
      about: `broker ${id}`,
      reason: 'it is cordoned, and receives no replicas',
      fix: `${commandLine(`brokers drain --cancel ${id}`)} if it stays; otherwise lower replicas of its pool`,
    }));

function notWanted({ placement, wanted, drained = [] }: PlanInput): readonly Problem[] {
  const kept = new Set([...wanted.map(({ id }) => id), ...drained]);
  return placement.brokers
    .filter(({ id }) => !kept.has(id))
    .map(({ id }) => ({ id, count: placement.partitions.filter(({ replicas }) => replicas.includes(id)).length }))
    .filter(({ count }) => count > 0)
    .map(({ id, count }) => ({
      about: `broker ${id}`,
      reason: `it is not part of the configuration, and holds ${count} replicas`,
      fix: `${commandLine(`brokers drain ${id}`)}, or raise replicas of its pool`,
    }));
}

function tooManyReplicas({ placement, wanted, drained = [] }: PlanInput): readonly Problem[] {
  const serving = placement.brokers.filter(
    ({ id }) => wanted.some((one) => one.id === id) && !drained.includes(id),
  ).length;
  const largest = new Map<string, number>();
  for (const { topic, replicas } of placement.partitions)
    if (replicas.length > serving) largest.set(topic, Math.max(replicas.length, largest.get(topic) ?? 0));
  return [...largest].map(([topic, count]) => ({
    about: topic,
    reason: `it has ${count} replicas, and there are ${serving} brokers for them`,
    fix: 'keep or add as many brokers as the largest number of replicas, or give the topic fewer replicas first',
  }));
}

function withoutLeader({ partitions }: Placement): readonly Problem[] {
  const offline = partitions.filter(({ leaderId }) => leaderId < 0);
  return [...new Set(offline.map(({ topic }) => topic))].map((topic) => {
    const own = offline.filter((one) => one.topic === topic);
    const replicas = [...new Set(own.flatMap((one) => one.replicas))].sort((a, b) => a - b);
    return {
      about: topic,
      reason: `${partitionsText(own)} without a leader: nobody can copy from them`,
      fix: `bring back one of the brokers ${replicas.join(', ')}`,
    };
  });
}

/** A source keeps its replica until the copy is complete. */
const fullDisks = ({ placement: { brokers } }: PlanInput, moves: readonly Move[]): readonly Problem[] =>
  diskPeaks(brokers, moves)
    .filter(({ incoming, bytes, limit }) => incoming > 0 && bytes > limit)
    .map(({ id, ...peak }) => {
      const [bytes, total, limit] = [peak.bytes, peak.total, peak.limit].map(formatBytes);
      return {
        about: `broker ${id}`,
        reason: `its disk would hold ${bytes} of ${total} at the peak; ${limit} is the most, as a tenth stays free`,
        fix: 'grow its volume, add brokers, or lower the retention of large topics first',
      };
    });

/** What the disk of a broker holds while moves are made, in bytes. */
interface DiskPeak {
  readonly id: number;
  /** Size of new replicas. */
  readonly incoming: number;
  /** In use when all new replicas are there, and none is deleted. */
  readonly bytes: number;
  /** What may be in use. */
  readonly limit: number;
  /** Size of the volume. */
  readonly total: number;
}

/** Of the brokers whose volumes are known. */
export function diskPeaks(brokers: readonly LiveBroker[], moves: readonly Move[]): readonly DiskPeak[] {
  const summary = summarizeMoves(moves);
  const volumes = brokers.flatMap(({ id, state }) =>
    state === undefined || state.totalBytes <= 0
      ? []
      : [{ id, total: state.totalBytes, used: state.totalBytes - state.freeBytes }],
  );
  const peaks = summary.peakBytes(new Map(volumes.map(({ id, used }) => [id, used])));
  return volumes.map(({ id, total, used }) => ({
    id,
    incoming: summary.brokers.find((one) => one.id === id)?.incoming ?? 0,
    bytes: peaks.get(id) ?? used,
    limit: total * (1 - FREE_SHARE),
    total,
  }));
}

/**
 * Brokers that would have to send or receive more for new records than the throttle lets through: their copies would
 * never catch up.
 * @param groups moves that are made together
 */
export function tooSlow(
  { placement, throttle }: Pick<PlanInput, 'placement' | 'throttle'>,
  groups: readonly (readonly Move[])[],
): readonly Problem[] {
  const leaders = new Map(placement.partitions.map((one: LivePartition) => [partitionName(one), one.leaderId]));
  const needed = new Map<number, number>();
  for (const moves of groups) {
    const [sent, received] = [new Map<number, number>(), new Map<number, number>()];
    for (const move of moves) {
      const rate = placement.ingress.get(partitionName(move)) ?? 0;
      const leader = leaders.get(partitionName(move)) ?? -1;
      for (const id of addedBy(move)) {
        received.set(id, (received.get(id) ?? 0) + rate);
        sent.set(leader, (sent.get(leader) ?? 0) + rate);
      }
    }
    for (const [id, rate] of [...sent, ...received]) needed.set(id, Math.max(rate, needed.get(id) ?? 0));
  }
  return [...needed]
    .filter(([id, rate]) => id >= 0 && rate >= throttle)
    .sort(([a], [b]) => a - b)
    .map(([id, rate]) => ({
      about: `broker ${id}`,
      reason:
        `${formatBytes(rate)}/s are written to what it copies at once, and the throttle is ` +
        `${formatBytes(throttle)}/s: the copy would never end`,
      fix: `--throttle ${Math.ceil((2 * rate) / 1024)}KiB or more, or a smaller --batch`,
    }));
}

/** `partition 3 is`, `3 partitions (0, 2, 5) are`. */
function partitionsText(partitions: readonly LivePartition[]): string {
  const ids = partitions.map(({ partition }) => partition);
  return ids.length === 1 ? `partition ${ids.join()} is` : `partitions ${ids.join(', ')} are`;
}
