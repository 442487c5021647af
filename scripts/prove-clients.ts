import { Command, InvalidArgumentError } from 'commander';
import { run } from '../src/console/run';
import { describeFault, drawFaults, type Fault } from '../test/proof/faults';
import { describeFindings, isFlawless } from '../test/proof/findings';
import type { Pattern } from '../test/proof/pattern';
import { patterns } from '../test/proof/patterns';
import { unwrappedConsumer } from '../test/proof/patterns/unwrapped-consumer';
import { unwrappedKafkajs } from '../test/proof/patterns/unwrapped-kafkajs';
import { prove } from '../test/proof/prove';
import { World } from '../test/proof/world';

interface Options {
  readonly seeds: number;
  readonly seed?: number;
  readonly seconds: number;
  readonly freezeSeconds?: number;
  readonly patterns: readonly Pattern[];
}

const KNOWN = [...patterns, unwrappedKafkajs, unwrappedConsumer];
const NAMES = KNOWN.map(({ name }) => name).join(', ');

const program = new Command('prove')
  .description(
    'Runs the clients through faults drawn from seeds, on brokers of its own, and judges them by their ledgers.',
  )
  .option('--seeds <count>', 'how many seeds', whole, 20)
  .option('--seed <number>', 'this one only, as a run has printed it', whole)
  .option('--seconds <count>', 'during which the faults of a seed begin', whole, 20)
  .option('--freeze-seconds <count>', 'how long a consumer is frozen; drawn from 6.5 to 9 unless it is given', whole)
  .option('--patterns <names>', `which, separated by commas: ${NAMES}`, named, patterns)
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
    console.log(process.exitCode === 1 ? 'broken promises: see above' : `${all.length} seeds, every promise kept`);
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
  for (const one of findings) console.log(`  ${isFlawless(one) ? 'ok ' : 'BAD'} ${describeFindings(one)}`);
  console.log(`  ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  if (!findings.every(isFlawless)) process.exitCode = 1;
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('allowed: a whole number.');
  return Number(text);
}

function named(text: string): readonly Pattern[] {
  return text.split(',').map((name) => {
    const pattern = KNOWN.find((one) => one.name === name.trim());
    if (pattern === undefined) throw new InvalidArgumentError(`allowed: ${NAMES}.`);
    return pattern;
  });
}
