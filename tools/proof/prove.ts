import { afflict } from './afflict';
import { Dice } from '../support/dice';
import type { Fault } from './faults';
import type { Findings } from './findings';
import type { Pattern } from './pattern';
import type { World } from './world';

/** Time before the first fault, so that all patterns are working. */
const AT_WORK_MS = 1_000;

interface Trial {
  readonly world: World;
  /** Part of all names that the run creates. */
  readonly seed: number;
  readonly patterns: readonly Pattern[];
  readonly faults: readonly Fault[];
}

let runs = 0;

/** Runs all patterns at the same time under the same faults, and checks each against its ledger. */
export async function prove({ world, seed, patterns, faults }: Trial): Promise<readonly Findings[]> {
  runs += 1;
  const run = `${seed}-${process.pid}-${runs}`;
  const running = await Promise.all(
    patterns.map((pattern, index) =>
      pattern.start({ world, run: `${run}-${pattern.name}`, dice: new Dice(seed + index) }),
    ),
  );
  await new Promise((done) => setTimeout(done, AT_WORK_MS));
  const fleets = running.flatMap(({ fleet }) => (fleet === undefined ? [] : [fleet]));
  let stops: readonly PromiseSettledResult<Findings>[] = [];
  try {
    await afflict(world, fleets, faults);
  } finally {
    // All patterns are stopped even if one fails; a running pattern would keep the process alive.
    stops = await Promise.allSettled(running.map((each) => each.stop()));
    await Promise.all(fleets.map((fleet) => fleet.stop()));
  }
  return stops.map((stop, index) => {
    if (stop.status === 'fulfilled') return stop.value;
    throw new Error(`${patterns[index]?.name} of seed ${seed} could not be checked`, { cause: stop.reason });
  });
}
