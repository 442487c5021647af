import type { Dice } from '../support/dice';
import type { Findings } from './findings';
import type { Fleet } from './fleet';
import type { World } from './world';

/** Of one pattern in one run. */
export interface Assignment {
  readonly world: World;
  /** Tells its records from those of other runs in the same topics. */
  readonly run: string;
  /** For what a pattern chooses before it starts. */
  readonly dice: Dice;
}

/** A way of using the clients that is to keep its promises. Patterns that run together use different topics. */
export interface Pattern {
  readonly name: string;
  start(assignment: Assignment): Promise<RunningPattern>;
}

export interface RunningPattern {
  /** The processes that faults may hit. */
  readonly fleet?: Fleet;
  /** Called when all faults are over: ends the work, and judges. */
  stop(): Promise<Findings>;
}
