import { Option, type Command } from 'commander';
import { applyGrowth } from '../components/kafka-cluster/reassignment/apply-growth';
import { cancelMoves } from '../components/kafka-cluster/reassignment/apply-moves';
import { uncordonBrokers } from '../components/kafka-cluster/reassignment/cordon';
import { drainBrokers } from '../components/kafka-cluster/reassignment/drain';
import { formatGrowthPlan } from '../components/kafka-cluster/reassignment/format-growth-plan';
import type { MoveContext } from '../components/kafka-cluster/reassignment/move-batch';
import { readGrowthPlan } from '../components/kafka-cluster/reassignment/read-plan';
import { wantedBrokers, type ReassignmentTarget } from '../components/kafka-cluster/reassignment/target';
import { unregisterBrokers } from '../components/kafka-cluster/reassignment/unregister';
import { verifyGrowth } from '../components/kafka-cluster/reassignment/verify';
import { bytesPerSecond, nodeIds, wholeNumberFrom } from '../console/option-parsers';
import { consoleProgress } from '../console/progress';
import { CLIENT_IDS } from '../protocol/client-ids';
import { formatBytes, kibibytesPerSecond, type BytesPerSecond } from '../validation/units';
import { clusterCommand } from './cluster-command';
import { connectionOf } from './connection-of';
import { loadEnvironment } from './load-project';
import { withExample, type TargetOptions } from './options';
import { printPlan, printResult, type ResultOptions } from './print-result';
import { withConsequence } from './with-consequence';

const DEFAULT_THROTTLE = kibibytesPerSecond(50 * 1024);
const DEFAULT_BATCH = 10;

interface Options extends TargetOptions, ResultOptions {
  readonly throttle?: BytesPerSecond;
  readonly batch?: number;
  readonly cancel?: true;
}

type Ids = readonly number[];

/** `brokers plan-growth`, `apply`, `verify`, `drain` and `unregister`. */
export function brokers(parent: Command): void {
  paced(
    subcommand(
      parent,
      'plan-growth',
      'Shows which partitions would move so that all brokers of the configuration have their share, and what that takes. Changes nothing. Exit code 2 when something forbids it.',
    ),
  ).action(withConsequence('nothing was planned', planGrowth));
  paced(
    subcommand(
      parent,
      'apply',
      'Moves the partitions of the plan in batches with a throttle, removes the throttle, elects the preferred leaders, and verifies. After an interruption, a second run goes on.',
    ),
  )
    .option('--cancel', 'return what is being moved to the brokers that it came from, and remove throttles')
    .action(withConsequence('nothing was moved', apply));
  subcommand(
    parent,
    'verify',
    'Names what a growth or a removal has left: moves under way, throttles, cordons, brokers and partitions in the wrong place. Exit code 1 when there is something.',
  ).action(withConsequence('nothing was compared', verify));
  withIds(
    paced(
      subcommand(
        parent,
        'drain',
        'Cordons brokers, moves all partitions away from them, and proves by their disks that nothing is left.',
      ),
    ),
  )
    .option('--cancel', 'let these brokers receive replicas again; what they hold stays')
    .action(withConsequence('nothing was moved', drain));
  withIds(
    subcommand(
      parent,
      'unregister',
      'Removes the registrations of brokers that are stopped and hold no replicas, with their cordons.',
    ),
  ).action(withConsequence('nothing was unregistered', unregister));
  withExample(parent, 'brokers plan-growth --environment production --bootstrap kafka.example:9092');
}

async function planGrowth(options: Options): Promise<void> {
  const target = await targetOf(options);
  const plan = await consoleProgress().step('reads the placement', () => readGrowthPlan(target));
  const text = formatGrowthPlan(plan);
  printPlan(options, plan.steps, text);
}

async function apply(options: Options): Promise<void> {
  const target = await targetOf(options);
  if (options.cancel === true) {
    const cancelled = await consoleProgress().step('returns partitions', (note) =>
      cancelMoves({ connection: target.connection, ...context(note) }),
    );
    printResult(options, cancelled, `${cancelled.length} partitions returned; no throttle is left`);
    return;
  }
  const { moves, summary } = await consoleProgress().step('moves partitions', (note) =>
    applyGrowth(target, context(note)),
  );
  printResult(options, moves, `applied and verified: ${summary}`);
}

async function verify(options: Options): Promise<void> {
  const target = await targetOf(options);
  const left = await verifyGrowth(target);
  printResult(options, left, left.length === 0 ? `verified: ${target.wanted.length} brokers` : left.join('\n'));
  if (left.length > 0) process.exitCode = 1;
}

async function drain(ids: Ids, options: Options): Promise<void> {
  const target = await targetOf(options);
  if (options.cancel === true) {
    await uncordonBrokers(target.connection, ids);
    printResult(options, ids, `these brokers receive replicas again: ${ids.join(', ')}`);
    return;
  }
  const { moves, summary } = await consoleProgress().step('drains brokers', (note) =>
    drainBrokers({ ...target, ...context(note) }, ids),
  );
  printResult(options, moves, summary);
}

async function unregister(ids: Ids, options: Options): Promise<void> {
  const text = await unregisterBrokers(await targetOf(options), ids);
  printResult(options, ids, text);
}

/** Ctrl-C ends the waiting; what it leaves is told. A second one ends the program at once. */
function context(note: (detail: string) => void): Omit<MoveContext, 'connection'> {
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => abort.abort());
  return { note, signal: abort.signal };
}

const subcommand = (parent: Command, name: string, description: string): Command =>
  clusterCommand(parent, `brokers ${EXAMPLES[name] ?? name}`, description);

const EXAMPLES: Readonly<Record<string, string>> = {
  apply: 'apply --throttle 20MiB',
  drain: 'drain 3 4',
  unregister: 'unregister 3 4',
};

const withIds = (command: Command): Command => command.argument('<id...>', 'ids of brokers', nodeIds);

const paced = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--throttle <size>',
        'what each broker sends and receives per second at most for what moves, such as 20MiB',
      )
        .argParser(bytesPerSecond)
        .default(DEFAULT_THROTTLE, formatBytes(DEFAULT_THROTTLE)),
    )
    .addOption(
      new Option('--batch <count>', 'partitions that move at once')
        .argParser(wholeNumberFrom(1))
        .default(DEFAULT_BATCH),
    );

async function targetOf(options: Options): Promise<ReassignmentTarget> {
  const { config } = await loadEnvironment(options);
  return {
    connection: connectionOf(options, config, CLIENT_IDS.brokers),
    wanted: wantedBrokers(config),
    throttle: options.throttle ?? DEFAULT_THROTTLE,
    batch: options.batch ?? DEFAULT_BATCH,
  };
}
