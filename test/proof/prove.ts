import { afflict } from './afflict';
import { Dice } from '../support/dice';
import type { Fault } from './faults';
import type { Findings } from './findings';
import type { Pattern } from './pattern';
import type { World } from './world';

/** Before the first fault, so that everybody is at work. */
const AT_WORK_MS = 1_000;

interface Trial {
  readonly world: World;
  /** Part of the names of everything that the run makes. */
  readonly seed: number;
  readonly patterns: readonly Pattern[];
  readonly faults: readonly Fault[];
}

let runs = 0;

/** Runs all patterns at once under the same faults, and judges each by its ledger. */
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
    // All of them, even when one fails: what goes on working keeps the process alive.
    stops = await Promise.allSettled(running.map((each) => each.stop()));
    await Promise.all(fleets.map((fleet) => fleet.stop()));
  }
  return stops.map((stop, index) => {
    if (stop.status === 'fulfilled') return stop.value;
    throw new Error(`${patterns[index]?.name} of seed ${seed} could not be judged`, { cause: stop.reason });
  });
}
