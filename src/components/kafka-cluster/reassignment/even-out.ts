import { directStep, shortestChain } from './chains';
import type { Topic } from './cluster';
import { compareRanks, costOfTaking, countOf, fullness, gainOfGiving, lowest, type Holding } from './holdings';
import { cost, gain, type Pieces, type Scope } from './pieces';

/** Evens out the pieces of one topic; how full brokers are overall only decides between equals. */
export const evenOutTopic = (pieces: Pieces, topic: Topic): void =>
  evenOut(pieces, {
    countOf: (holding) => countOf(holding, topic),
    shareOf: (holding) => pieces.shareOf(holding, topic),
    topicsOf: ({ topics }) => (topics.has(topic) ? [topic] : []),
    mayGive: () => true,
    mayTake: () => true,
  });

/** Evens out all topics together, without making any topic less even than it is. */
export const evenOutCluster = (pieces: Pieces): void =>
  evenOut(pieces, {
    countOf: ({ count }) => count,
    shareOf: ({ share }) => share,
    topicsOf: ({ topics }) => topics.keys(),
    mayGive: (holding, topic) => gainOfGiving(countOf(holding, topic), pieces.shareOf(holding, topic)) >= 0,
    mayTake: (holding, topic) => costOfTaking(countOf(holding, topic), pieces.shareOf(holding, topic)) <= 0,
  });

/**
 * Moves pieces until no chain of steps makes the counts more even. The broker whose giving gains most is first: what it
 * reaches without finding a receiver is of no use to any later one, so a broker that is stuck remains so.
 */
function evenOut(pieces: Pieces, scope: Scope): void {
  const stuck = new Set<Holding>();
  for (;;) {
    const open = pieces.holdings.filter((holding) => !stuck.has(holding) && scope.countOf(holding) > 0);
    const giver = lowest(open, (holding) => [-gain(holding, scope), ...fullness(holding).map((above) => -above)]);
    if (giver === undefined) return;
    const takers = receivers(giver, { pieces, scope });
    if (takers.length === 0) return;
    const search = { pieces, scope, giver, takers };
    const chain = directStep(search) ?? shortestChain(search);
    if (chain === undefined) stuck.add(giver);
    else for (const step of chain) pieces.move(step);
  }
}

interface Context {
  readonly pieces: Pieces;
  readonly scope: Scope;
}

/** The brokers that can receive from the giver so that evenness gains, in the order of what it gains. */
function receivers(giver: Holding, { pieces, scope }: Context): readonly Holding[] {
  const gained = gain(giver, scope);
  return pieces.holdings
    .filter((holding) => holding !== giver && cost(holding, scope) < gained)
    .map((holding) => ({ holding, rank: [cost(holding, scope), ...fullness(holding)] }))
    .sort((a, b) => compareRanks(a.rank, b.rank))
    .map(({ holding }) => holding);
}
