import type { PartitionReassignment } from '../../../protocol/list-partition-reassignments';
import type { Pace } from './apply-moves';
import type { Move, PlacementBroker } from './model';
import type { Placement } from './placement';
import { planMoves } from './plan-moves';
import { problemsOf, type Problem } from './plan-problems';

/** What the partitions of one topic do, or what keeps the plan from being applied. */
export type GrowthStep =
  | {
      readonly kind: 'change';
      readonly topic: string;
      /** Number of its partitions. */
      readonly partitions: number;
      readonly moves: readonly Move[];
    }
  | {
      /** Partitions that are being moved already. They are waited for first. */
      readonly kind: 'differing';
      readonly topic: string;
      readonly underWay: readonly PartitionReassignment[];
    }
  | ({ readonly kind: 'forbidden' } & Problem)
  | { readonly kind: 'unchanged'; readonly topic: string; readonly partitions: number };

/** What is planned. */
export interface GrowthPlan extends Pace {
  /** Topics by name, then what is forbidden. */
  readonly steps: readonly GrowthStep[];
  /** By topic and partition. */
  readonly moves: readonly Move[];
  readonly placement: Placement;
}

/** Where partitions are, and where they are to be. */
export interface PlanInput extends Pace {
  readonly placement: Placement;
  /** Brokers that partitions may be on. */
  readonly wanted: readonly PlacementBroker[];
  /** Brokers that end without a replica. @default none */
  readonly drained?: readonly number[];
}

/** Spreads all partitions evenly over the wanted brokers and their racks, with the fewest moves. */
export function planGrowth(input: PlanInput): GrowthPlan {
  const { placement, throttle, batch } = input;
  const moves = movesOf(input);
  const problems = problemsOf(input, moves);
  const steps = [
    ...stepsOf(placement, moves),
    ...problems.map((problem) => ({ kind: 'forbidden' as const, ...problem })),
  ];
  return { steps, moves, placement, throttle, batch };
}

/** Brokers that can store replicas, with the racks that they run with. */
export const storingBrokers = ({ placement, wanted, drained = [] }: PlanInput): readonly PlacementBroker[] =>
  placement.brokers.filter(({ id }) => wanted.some((one) => one.id === id) && !drained.includes(id));

/** None if some partition has more replicas than there are brokers, which is one of the problems. */
function movesOf(input: PlanInput): readonly Move[] {
  const { partitions } = input.placement;
  const brokers = storingBrokers(input);
  const largest = Math.max(0, ...partitions.map(({ replicas }) => replicas.length));
  return largest > brokers.length ? [] : planMoves({ partitions, brokers, drained: [] });
}

function stepsOf({ partitions, underWay }: Placement, moves: readonly Move[]): readonly GrowthStep[] {
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  return topics.flatMap((topic): readonly GrowthStep[] => {
    const isOwn = (one: { readonly topic: string }): boolean => one.topic === topic;
    const count = partitions.filter(isOwn).length;
    const [own, moving] = [moves.filter(isOwn), underWay.filter(isOwn)];
    const steps: readonly GrowthStep[] = [
      ...(moving.length === 0 ? [] : [{ kind: 'differing' as const, topic, underWay: moving }]),
      ...(own.length === 0 ? [] : [{ kind: 'change' as const, topic, partitions: count, moves: own }]),
    ];
    return steps.length > 0 ? steps : [{ kind: 'unchanged', topic, partitions: count }];
  });
}
