import type { Partition, Topic } from './cluster';
import type { Holding } from './holdings';
import type { Pieces, Scope, Step } from './pieces';

/** Where pieces come from and may go to. */
export interface Search {
  readonly pieces: Pieces;
  readonly scope: Scope;
  readonly giver: Holding;
  /** Brokers that may receive, the preferred one first. */
  readonly takers: readonly Holding[];
}

/** One step to the first receiver that can take a piece; undefined if none can. */
export function directStep({ pieces, scope, giver, takers }: Search): readonly Step[] | undefined {
  for (const to of takers) {
    const step = bestStep({ pieces, scope, giver, to });
    if (step !== undefined) return [step];
  }
  return undefined;
}

type OneReceiver = Omit<Search, 'takers'> & { readonly to: Holding };

/** Pieces that are compared: to compare all of them takes long in a large topic, and brings little. */
const CANDIDATES = 50;

/** Fewest changes first, then the piece of the size that brings the bytes of the giver nearest to its share. */
function bestStep({ pieces, scope, giver, to }: OneReceiver): Step | undefined {
  const wanted = surplusSize(giver);
  let best: { readonly step: Step; readonly changes: number; readonly distance: number } | undefined;
  let seen = 0;
  for (const partition of movable({ pieces, scope, giver, to })) {
    const step = { partition, from: giver, to };
    const changes = pieces.changesBy(step);
    const distance = Math.abs(partition.placed.bytes - wanted);
    if (best === undefined || changes < best.changes || (changes === best.changes && distance < best.distance))
      best = { step, changes, distance };
    seen += 1;
    if (seen === CANDIDATES) break;
  }
  return best?.step;
}

function* movable({ pieces, scope, giver, to }: OneReceiver): Generator<Partition> {
  for (const topic of scope.topicsOf(giver)) {
    if (!scope.mayGive(giver, topic) || !scope.mayTake(to, topic)) continue;
    for (const partition of giver.topics.get(topic) ?? []) if (pieces.canMove(partition, giver, to)) yield partition;
  }
}

/** Bytes of each surplus piece if all of them together are the surplus of bytes. */
const surplusSize = ({ count, share, bytes, byteShare }: Holding): number =>
  Math.max(0, bytes - byteShare) / Math.max(1, count - share.exact);

/**
 * A broker that one piece more has reached. With a topic it has to pass on a piece of that topic; without, the count of
 * the topic may rise, and it may pass on any piece that can leave.
 */
interface Stop {
  readonly holding: Holding;
  readonly topic: Topic | undefined;
  readonly by: Step | undefined;
  readonly before: Stop | undefined;
}

/**
 * The fewest steps by which the giver ends with one piece less, a receiver with one more, and all between with as many
 * as before; undefined if there are none. This is the breadth-first search of an augmenting path in a flow network:
 * partitions and racks, topics on brokers, and brokers are its nodes, so that no chain of single moves is missed.
 */
export function shortestChain({ pieces, scope, giver, takers }: Search): readonly Step[] | undefined {
  const wanted = new Set(takers);
  const reached = new Reached();
  const stops: Stop[] = [{ holding: giver, topic: undefined, by: undefined, before: undefined }];
  reached.add(giver, undefined);
  for (const stop of stops) {
    for (const { partition, to } of onward(stop, { pieces, scope })) {
      const { topic } = partition;
      const by = { partition, from: stop.holding, to };
      if (scope.mayTake(to, topic) && reached.add(to, undefined)) {
        const next = { holding: to, topic: undefined, by, before: stop };
        if (wanted.has(to)) return stepsTo(next);
        stops.push(next);
      }
      if (reached.add(to, topic)) stops.push({ holding: to, topic, by, before: stop });
    }
  }
  return undefined;
}

/** Steps that a stop allows. */
function* onward(
  { holding, topic }: Stop,
  { pieces, scope }: Pick<Search, 'pieces' | 'scope'>,
): Generator<{ readonly partition: Partition; readonly to: Holding }> {
  for (const one of topic === undefined ? scope.topicsOf(holding) : [topic]) {
    if (topic === undefined && !scope.mayGive(holding, one)) continue;
    for (const partition of holding.topics.get(one) ?? [])
      for (const to of pieces.receiversOf(partition))
        if (pieces.canMove(partition, holding, to)) yield { partition, to };
  }
}

/** The brokers reached, and the topics on brokers. */
class Reached {
  private readonly holdings = new Map<Topic | undefined, Set<Holding>>();

  /** @returns whether it was not reached before */
  add(holding: Holding, topic: Topic | undefined): boolean {
    const known = this.holdings.get(topic);
    if (known?.has(holding) === true) return false;
    if (known === undefined) this.holdings.set(topic, new Set([holding]));
    else known.add(holding);
    return true;
  }
}

function stepsTo(last: Stop): readonly Step[] {
  const steps: Step[] = [];
  for (let stop: Stop | undefined = last; stop?.by !== undefined; stop = stop.before) steps.unshift(stop.by);
  return steps;
}
