import type { Move, PlacedPartition, PlacementBroker } from '../../../src/components/kafka-cluster/reassignment/model';
import { planMoves, type PlacementInput } from '../../../src/components/kafka-cluster/reassignment/plan-moves';
import { Dice } from '../../../tools/support/dice';
import {
  copies,
  leaderCounts,
  moved,
  racksOf,
  randomInput,
  replicaCounts,
  shuffled,
  spread,
  topic,
} from './placements';

const SEED = Date.now() % 1_000_000;
const CLUSTERS = 40;

interface Plan {
  readonly input: PlacementInput;
  readonly moves: readonly Move[];
  readonly after: readonly PlacedPartition[];
}

const plans = (racks: number): readonly Plan[] => {
  const dice = new Dice(SEED);
  return Array.from({ length: CLUSTERS }, () => {
    const input = randomInput(dice, { brokers: 12, racks, partitions: 200 });
    const moves = planMoves(input);
    return { input, moves, after: moved(input.partitions, moves) };
  });
};
const withRacks = plans(4);
const withoutRacks = plans(1);
const all = [...withRacks, ...withoutRacks];

const topicsOf = (partitions: readonly PlacedPartition[]): readonly (readonly PlacedPartition[])[] =>
  [...new Set(partitions.map((partition) => partition.topic))].map((name) =>
    partitions.filter((partition) => partition.topic === name),
  );

/** Replicas of one partition that a broker should have, found by bisection of the share before racks limit it. */
function fairShare(replicas: number, broker: PlacementBroker, brokers: readonly PlacementBroker[]): number {
  const sizes = new Map<string | undefined, number>();
  for (const { rack } of brokers) sizes.set(rack, (sizes.get(rack) ?? 0) + 1);
  const ofRack = (size: number, level: number): number =>
    replicas <= sizes.size ? Math.min(1, level * size) : Math.max(1, level * size);
  let [least, most] = [0, 1];
  for (let round = 0; round < 60; round += 1) {
    const level = (least + most) / 2;
    const total = [...sizes.values()].reduce((sum, size) => sum + ofRack(size, level), 0);
    if (total > replicas) most = level;
    else least = level;
  }
  const size = sizes.get(broker.rack) ?? 0;
  return ofRack(size, most) / size;
}

/** Replicas that brokers have above their shares, rounded up, and that they lack below them, rounded down. */
function beyondShares(
  partitions: readonly PlacedPartition[],
  brokers: readonly PlacementBroker[],
): { readonly above: number; readonly below: number } {
  const counts = replicaCounts(partitions, brokers);
  const sizes = [...new Set(partitions.map(({ replicas }) => replicas.length))];
  let [above, below] = [0, 0];
  for (const broker of brokers) {
    const share = sizes.reduce((sum, size) => {
      const count = partitions.filter(({ replicas }) => replicas.length === size).length;
      return sum + count * fairShare(size, broker, brokers);
    }, 0);
    const count = counts.get(broker.id) ?? 0;
    above += Math.max(0, count - Math.ceil(share - 1e-6));
    below += Math.max(0, Math.floor(share + 1e-6) - count);
  }
  return { above, below };
}

/**
 * Moves that an input needs at least if each is good for one thing only: `required` are those off brokers that may not
 * store replicas, and one for each missing rack; `uneven` are those that the topics, and all together, need.
 */
function needs({ partitions, brokers }: PlacementInput): { readonly required: number; readonly uneven: number[] } {
  const ids = new Set(brokers.map(({ id }) => id));
  const racks = new Set(brokers.map(({ rack }) => rack)).size;
  const required = partitions.reduce((sum, { replicas }) => {
    const kept = replicas.filter((id) => ids.has(id));
    return sum + Math.max(replicas.length - kept.length, Math.min(racks, replicas.length) - racksOf(kept, brokers));
  }, 0);
  const imbalance = (some: readonly PlacedPartition[]): number => {
    const { above, below } = beyondShares(some, brokers);
    return Math.max(above, below);
  };
  const inTopics = topicsOf(partitions).reduce((sum, own) => sum + imbalance(own), 0);
  return { required, uneven: [inTopics, imbalance(partitions)] };
}

const copied = (moves: readonly Move[]): number => moves.reduce((sum, move) => sum + copies(move), 0);

/** The name includes the seed to reproduce a failure. */
describe(`plans of ${CLUSTERS} random clusters with racks and as many without, seed ${SEED}`, () => {
  it('keep the number of replicas, on different brokers that may store them', () => {
    for (const { input, after } of all) {
      const ids = new Set(input.brokers.map(({ id }) => id));
      const wrong = after.filter(({ replicas }, index) => {
        const count = input.partitions[index]?.replicas.length;
        return replicas.length !== count || new Set(replicas.filter((id) => ids.has(id))).size !== count;
      });
      expect(wrong).toEqual([]);
    }
  });

  it('put each partition on as many racks as possible', () => {
    for (const { input, after } of withRacks) {
      const racks = new Set(input.brokers.map(({ rack }) => rack)).size;
      const wrong = after.filter(
        ({ replicas }) => racksOf(replicas, input.brokers) !== Math.min(racks, replicas.length),
      );
      expect(wrong).toEqual([]);
    }
  });

  it('without racks leave a difference of one replica at most between brokers, in each topic and altogether', () => {
    for (const { input, after } of withoutRacks)
      for (const partitions of [after, ...topicsOf(after)])
        expect(spread(replicaCounts(partitions, input.brokers))).toBeLessThanOrEqual(1);
  });

  it('with racks give each broker its share, rounded down or up, in each topic and altogether', () => {
    for (const { input, after } of withRacks)
      for (const partitions of [after, ...topicsOf(after)])
        expect(beyondShares(partitions, input.brokers)).toEqual({ above: 0, below: 0 });
  });

  it('make each broker the preferred leader of as many partitions of a topic, give or take one', () => {
    for (const { input, after } of all)
      for (const partitions of topicsOf(after))
        expect(spread(leaderCounts(partitions, input.brokers))).toBeLessThanOrEqual(1);
  });

  it('are followed by an empty plan', () => {
    for (const { input, after } of all) expect(planMoves({ ...input, partitions: after })).toEqual([]);
  });

  it('are the same for the same input in any order', () => {
    const dice = new Dice(SEED);
    for (const { input, moves } of all) {
      const mixed = {
        brokers: shuffled(input.brokers, dice),
        drained: shuffled(input.drained, dice),
        partitions: shuffled(input.partitions, dice),
      };
      expect(planMoves(mixed)).toEqual(moves);
    }
  });

  it('contain a partition only if it changes', () => {
    for (const { moves } of all) expect(moves.filter(({ from, to }) => from.join() === to.join())).toEqual([]);
  });

  /**
   * Without racks no step but the required ones makes anything less even than it was when its part of the plan began,
   * and each takes away one replica of the imbalance of its part: of the topics, then of all together. What the parts
   * before it did adds to an imbalance one replica a step at most.
   */
  it('without racks copy no more than what is required and uneven, and what the steps before can add to it', () => {
    for (const { input, moves } of withoutRacks) {
      const {
        required,
        uneven: [inTopics = 0, together = 0],
      } = needs(input);
      const forTopics = inTopics + required;
      const forAll = together + required + forTopics;
      expect(copied(moves)).toBeLessThanOrEqual(required + forTopics + forAll);
    }
  });

  it('copy less than what is required and uneven, taken over all clusters: most moves are good for several things', () => {
    for (const some of [withRacks, withoutRacks]) {
      const need = some.reduce((sum, { input }) => {
        const { required, uneven } = needs(input);
        return sum + required + uneven.reduce((total, one) => total + one, 0);
      }, 0);
      const copiedByAll = some.reduce((sum, { moves }) => sum + copied(moves), 0);
      expect(copiedByAll).toBeLessThan(need);
    }
  });
});

describe('a plan of 50,000 partitions on 100 brokers with ten new ones', () => {
  it('copies the share of the new brokers and nothing else', () => {
    const brokers = Array.from({ length: 110 }, (_, id) => ({ id, rack: `r${id % 5}` }));
    const partitions = topic(
      'orders',
      Array.from({ length: 50_000 }, (_, index) => [index % 100, (index + 1) % 100, (index + 2) % 100]),
    );
    const moves = planMoves({ partitions, brokers, drained: [] });
    const after = moved(partitions, moves);
    expect(spread(replicaCounts(after, brokers))).toBe(1);
    expect(spread(leaderCounts(after, brokers))).toBe(1);
    const onNew = after.flatMap(({ replicas }) => replicas).filter((id) => id >= 100).length;
    expect(copied(moves)).toBe(onNew);
  });
});
