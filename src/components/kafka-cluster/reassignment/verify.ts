import { commandLine } from '../../../validation/command-line';
import { planGrowth, type GrowthPlan } from './growth-plan';
import type { Move, PlacementBroker } from './model';
import type { Placement } from './placement';
import { readPlacement, type StandingPlacement } from './read-placement';
import type { ReassignmentTarget } from './target';
import { addedBy } from './throttle-lists';

const APPLY = commandLine('brokers apply');

/**
 * What a growth or a drain has left: one line for each throttle, topic that is being moved, broker or topic in the wrong
 * place; empty if there is nothing.
 */
export async function verifyGrowth({ connection, ...target }: ReassignmentTarget): Promise<readonly string[]> {
  // What is written does not matter to what is left.
  const placement: Placement = { ...(await readPlacement(connection)), ingress: new Map() };
  return remainsOf(planGrowth({ ...target, placement }), target.wanted);
}

/** The same for a plan that was made. */
export const remainsOf = (plan: GrowthPlan, wanted: readonly PlacementBroker[]): readonly string[] => [
  ...brokers(plan.placement, wanted),
  ...remainsOfMoves(plan, wanted),
];

/** Of these, what moves leave: not which brokers there are. */
export const remainsOfMoves = (plan: GrowthPlan, wanted: readonly PlacementBroker[]): readonly string[] => [
  ...underWay(plan.placement),
  ...throttles(plan.placement),
  ...racks(plan.placement, wanted),
  ...uneven(plan.moves),
];

const topicsOf = (all: readonly { readonly topic: string }[]): readonly string[] => [
  ...new Set(all.map(({ topic }) => topic)),
];

const underWay = ({ underWay: moving }: Placement): readonly string[] =>
  topicsOf(moving).map((topic) => {
    const ids = moving.filter((one) => one.topic === topic).map(({ partition }) => partition);
    return `${topic}: ${partitionsText(ids)} being moved; ${APPLY} goes on, ${commandLine('brokers apply --cancel')} returns them`;
  });

function throttles({ brokers: all, clusterThrottles, topicThrottles }: StandingPlacement): readonly string[] {
  const left = (where: string, values: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${where}: the throttle ${name}=${value} was left behind; ${APPLY} removes it`);
  return [
    ...left('all brokers', clusterThrottles),
    ...all.flatMap(({ id, state }) => left(`broker ${id}`, state?.throttles ?? {})),
    ...topicThrottles.flatMap(({ topic, leader, follower }) =>
      left(topic, {
        'leader.replication.throttled.replicas': leader,
        'follower.replication.throttled.replicas': follower,
      }),
    ),
  ];
}

function brokers({ brokers: all }: Placement, wanted: readonly PlacementBroker[]): readonly string[] {
  const isWanted = (id: number): boolean => wanted.some((one) => one.id === id);
  const missing = wanted.filter(({ id }) => !all.some((one) => one.id === id));
  return [
    ...missing.map(({ id }) => `broker ${id} is part of the configuration, and not registered`),
    ...all.flatMap(({ id, isFenced, state }) => {
      if (!isWanted(id)) {
        const fix = commandLine(isFenced ? `brokers unregister ${id}` : `brokers drain ${id}`);
        return [`broker ${id} is registered, and not part of the configuration; ${fix}`];
      }
      if (isFenced) return [`broker ${id} is registered, and does not serve (fenced)`];
      if (state === undefined) return [`broker ${id} does not answer at its own address`];
      if (!state.isCordoned) return [];
      return [
        `broker ${id} is cordoned, and part of the configuration; ${commandLine(`brokers drain --cancel ${id}`)} if it stays`,
      ];
    }),
  ];
}

function racks({ brokers: all, partitions }: Placement, wanted: readonly PlacementBroker[]): readonly string[] {
  const rackOf = new Map(all.map(({ id, rack }) => [id, rack ?? '']));
  const there = new Set(all.filter(({ id }) => wanted.some((one) => one.id === id)).map(({ rack }) => rack ?? '')).size;
  const narrow = partitions.filter(({ replicas }) => {
    const own = new Set(replicas.map((id) => rackOf.get(id) ?? ''));
    return own.size < Math.min(there, replicas.length);
  });
  return topicsOf(narrow).map((topic) => {
    const ids = narrow.filter((one) => one.topic === topic).map(({ partition }) => partition);
    return `${topic}: ${partitionsText(ids)} in fewer racks than there are`;
  });
}

function uneven(moves: readonly Move[]): readonly string[] {
  const copied = moves.reduce((sum, move) => sum + addedBy(move).length, 0);
  const reordered = moves.filter((move) => addedBy(move).length === 0).length;
  return [
    ...(copied === 0 ? [] : [`${copied} replicas would move; ${APPLY} moves them`]),
    ...(reordered === 0 ? [] : [`${reordered} partitions would change their preferred leader; ${APPLY} changes it`]),
  ];
}

/** `partition 3 is`, `partitions 0, 2, 5 are`. */
const partitionsText = (ids: readonly number[]): string =>
  ids.length === 1 ? `partition ${ids.join()} is` : `partitions ${ids.join(', ')} are`;
