import { Command, InvalidArgumentError } from 'commander';
import { run } from '../src/console/run';
import { BenchCluster } from './clients-cluster';
import { compareAvro } from './clients-avro';
import { compareConsumers } from './clients-consuming';
import { isReached, table, type Figure } from './clients-figures';
import { watchMemory } from './clients-memory';
import { compareProducers } from './clients-producing';
import { compareTransactions } from './clients-transactions';

const PARTS = {
  producers: compareProducers,
  consumers: compareConsumers,
  transactions: compareTransactions,
  avro: compareAvro,
} as const;
const MEMORY_MINUTES = 10;

type Part = keyof typeof PARTS;

const ALL = Object.keys(PARTS) as readonly Part[];

const program = new Command('clients')
  .description('The clients beside bare kafkajs and beside Kafka’s own, on three brokers, in one run.')
  .option('--memory-minutes <count>', 'how long their memory is watched; 0 leaves that out', minutes, MEMORY_MINUTES)
  .option('--parts <names>', `separated by commas: ${ALL.join(', ')}`, parts, ALL)
  .action(async ({ memoryMinutes, parts: chosen }: { memoryMinutes: number; parts: readonly Part[] }) => {
    const cluster = await BenchCluster.start();
    const figures: Figure[] = [];
    try {
      // First, for what the others leave in the heap and in the topics is no part of it.
      if (memoryMinutes > 0) figures.push(await watchMemory(cluster, memoryMinutes));
      for (const part of chosen) figures.push(...(await PARTS[part](cluster)));
    } finally {
      await cluster.stop();
    }
    console.log(table(figures));
    if (!figures.every(isReached)) process.exitCode = 1;
  });

run(() => program.parseAsync());

function minutes(text: string): number {
  if (!(Number(text) >= 0)) throw new InvalidArgumentError('allowed: a number from 0 on.');
  return Number(text);
}

function parts(text: string): readonly Part[] {
  return text.split(',').map((name) => {
    if (!(name in PARTS)) throw new InvalidArgumentError(`allowed: ${ALL.join(', ')}.`);
    return name as Part;
  });
}
