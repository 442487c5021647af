import { numberFrom, wholeNumberFrom } from '../src/console/option-parsers';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { describeCounts } from '../tools/history/checker';
import { runHistory, violations } from '../tools/history/run';
import { World } from '../tools/history/world';

/** Maximum number of printed violations. */
const SHOWN = 30;

interface Options {
  readonly minutes: number;
  readonly seed?: number;
}

const program = new ProgramCommand('history')
  .description(
    'Mixes traffic with faults of topics, records, transactions and schemas on brokers of its own, and checks that every ' +
      'acknowledged record was handled, is a dead letter record, or was reported missing.',
  )
  .option(
    '--minutes <number>',
    'during which faults begin; every kind of fault happens once in any case',
    numberFrom(0),
    10,
  )
  .option('--seed <number>', 'of a run that is to be repeated, as that run has printed it', wholeNumberFrom(0))
  .action(async ({ minutes, seed = Math.floor(Math.random() * 1_000_000) }: Options) => {
    console.log(`seed ${seed}, ${minutes} minutes`);
    const world = await World.start();
    try {
      const result = await runHistory({
        world,
        seed,
        forMs: minutes * 60_000,
        say: (line) => console.log(`  ${line}`),
      });
      console.log(describeCounts(result));
      for (const [why, times] of result.ends) console.log(`  ended, and was started again, ${times} times: ${why}`);
      const found = violations(result);
      for (const line of found.slice(0, SHOWN)) console.log(`  ANOMALY ${line}`);
      console.log(found.length === 0 ? 'no anomaly' : `${found.length} anomalies; the same again: --seed ${seed}`);
      if (found.length > 0) process.exitCode = 1;
    } finally {
      await world.stop();
    }
  });

run(() => program.parseAsync());
