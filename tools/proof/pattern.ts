import type { Dice } from '../support/dice';
import type { Findings } from './findings';
import type { Fleet } from './fleet';
import type { World } from './world';

/** The parameters of a pattern in a run. */
export interface Assignment {
  readonly world: World;
  /** Id of the run; distinguishes its records from those of other runs in the same topics. */
  readonly run: string;
  /** For random choices before the start. */
  readonly dice: Dice;
}

/** A use of the clients whose guarantees are checked. Patterns that run together use different topics. */
export interface Pattern {
  readonly name: string;
  start(assignment: Assignment): Promise<RunningPattern>;
}

export interface RunningPattern {
  /** The processes that faults may affect. */
  readonly fleet?: Fleet;
  /** Called after all faults have ended. Ends the work and checks. */
  stop(): Promise<Findings>;
}
