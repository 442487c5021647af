import { namesAmong, numberFrom } from '../src/console/option-parsers';
import { ProgramCommand } from '../src/console/program-command';
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

const program = new ProgramCommand('clients')
  .description('The clients beside bare kafkajs and beside Kafka’s own, on three brokers, in one run.')
  .option(
    '--memory-minutes <count>',
    'how long their memory is watched; 0 leaves that out',
    numberFrom(0),
    MEMORY_MINUTES,
  )
  .option('--parts <names>', `separated by commas: ${ALL.join(', ')}`, namesAmong(ALL), ALL)
  .action(async ({ memoryMinutes, parts: chosen }: { memoryMinutes: number; parts: readonly Part[] }) => {
    const cluster = await BenchCluster.start();
    const figures: Figure[] = [];
    try {
      // Measured first, because the other benchmarks leave data in the heap and in the topics.
      if (memoryMinutes > 0) figures.push(await watchMemory(cluster, memoryMinutes));
      for (const part of chosen) figures.push(...(await PARTS[part](cluster)));
    } finally {
      await cluster.stop();
    }
    console.log(table(figures));
    if (!figures.every(isReached)) process.exitCode = 1;
  });

run(() => program.parseAsync());
