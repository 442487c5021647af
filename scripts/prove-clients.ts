import { namesAmong, wholeNumberFrom } from '../src/console/option-parsers';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { describeFault, drawFaults, type Fault } from '../tools/proof/faults';
import { describeFindings, hasNoAnomaly } from '../tools/proof/findings';
import type { Pattern } from '../tools/proof/pattern';
import { patterns } from '../tools/proof/patterns';
import { unwrappedConsumer } from '../tools/proof/patterns/unwrapped-consumer';
import { unwrappedKafkajs } from '../tools/proof/patterns/unwrapped-kafkajs';
import { prove } from '../tools/proof/prove';
import { World } from '../tools/proof/world';

interface Options {
  readonly seeds: number;
  readonly seed?: number;
  readonly seconds: number;
  readonly freezeSeconds?: number;
  readonly patterns: readonly Pattern[];
}

const KNOWN = [...patterns, unwrappedKafkajs, unwrappedConsumer];
const NAMES = KNOWN.map(({ name }) => name);

const program = new ProgramCommand('prove')
  .description(
    'Runs the clients through faults drawn from seeds, on brokers of its own, and checks them against their ledgers.',
  )
  .option('--seeds <count>', 'how many seeds', wholeNumberFrom(1), 20)
  .option('--seed <number>', 'this one only, as a run has printed it', wholeNumberFrom(0))
  .option('--seconds <count>', 'during which the faults of a seed begin', wholeNumberFrom(1), 20)
  .option(
    '--freeze-seconds <count>',
    'how long a consumer is frozen; drawn from 6.5 to 9 unless it is given',
    wholeNumberFrom(1),
  )
  .option('--patterns <names>', `which, separated by commas: ${NAMES.join(', ')}`, named, patterns)
  .action(async ({ seeds, seed, seconds, freezeSeconds, patterns: chosen }: Options) => {
    const first = seed ?? Math.floor(Math.random() * 1_000_000);
    const all = seed === undefined ? Array.from({ length: seeds }, (_, index) => first + index) : [seed];
    const world = await World.start();
    try {
      for (const each of all) {
        const freezeMs = freezeSeconds === undefined ? undefined : freezeSeconds * 1_000;
        await proveSeed(world, { seed: each, patterns: chosen, faults: drawFaults(each, seconds * 1_000, freezeMs) });
      }
    } finally {
      await world.stop();
    }
    console.log(process.exitCode === 1 ? 'anomalies: see above' : `${all.length} seeds, no anomaly`);
  });

run(() => program.parseAsync());

interface Proof {
  readonly seed: number;
  readonly patterns: readonly Pattern[];
  readonly faults: readonly Fault[];
}

async function proveSeed(world: World, { seed, patterns: chosen, faults }: Proof): Promise<void> {
  console.log(`seed ${seed}: ${faults.map(describeFault).join('; ')}`);
  const begin = performance.now();
  const findings = await prove({ world, seed, patterns: chosen, faults });
  for (const one of findings) console.log(`  ${hasNoAnomaly(one) ? 'ok ' : 'BAD'} ${describeFindings(one)}`);
  console.log(`  ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  if (!findings.every(hasNoAnomaly)) process.exitCode = 1;
}

function named(text: string): readonly Pattern[] {
  const names = namesAmong(NAMES)(text);
  return KNOWN.filter(({ name }) => names.includes(name));
}
