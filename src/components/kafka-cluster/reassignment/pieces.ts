import type { Partition, Topic } from './cluster';
import { costOfTaking, gainOfGiving, type Holding } from './holdings';
import type { Share } from './shares';

/** A piece of a partition, its replica or its preferred leadership, goes from one broker to another. */
export interface Step {
  readonly partition: Partition;
  readonly from: Holding;
  readonly to: Holding;
}

/** What brokers share: the replicas, or the preferred leaders, of all partitions. */
export interface Pieces {
  /** One for each broker, by id. */
  readonly holdings: readonly Holding[];
  /** Share of a broker in one topic. */
  shareOf(holding: Holding, topic: Topic): Share;
  /** The brokers to which a piece of a partition could move. */
  receiversOf(partition: Partition): readonly Holding[];
  /** Whether the piece that `from` holds may move to `to`. */
  canMove(partition: Partition, from: Holding, to: Holding): boolean;
  /** How many more changes to the cluster the step means: -1 if it undoes one. */
  changesBy(step: Step): number;
  move(step: Step): void;
}

/** The counts that are evened out, and what of a broker may move for it. */
export interface Scope {
  countOf(holding: Holding): number;
  shareOf(holding: Holding): Share;
  /** Topics of which pieces may move. */
  topicsOf(holding: Holding): Iterable<Topic>;
  /** Whether the count of the topic may fall by one. */
  mayGive(holding: Holding, topic: Topic): boolean;
  /** Whether the count of the topic may rise by one. */
  mayTake(holding: Holding, topic: Topic): boolean;
}

/** What evenness gains if the broker gives a piece. */
export const gain = (holding: Holding, scope: Scope): number =>
  gainOfGiving(scope.countOf(holding), scope.shareOf(holding));

/** What evenness loses if the broker receives a piece. */
export const cost = (holding: Holding, scope: Scope): number =>
  costOfTaking(scope.countOf(holding), scope.shareOf(holding));
