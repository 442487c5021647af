import type { EventConsumer } from '../../src/client/consumer/event-consumer';

const CLOSE_MS = 10_000;
const CRASHED = 5;

/** What a member of a group under test is told. */
export interface MemberArgs {
  readonly bootstrap: readonly string[];
  readonly groupId: string;
  /** Tells the run's records from others. */
  readonly run: string;
  /** Gets a line for each record that is handled; lines of several processes stand in the order in which they were written. */
  readonly file: string;
}

/** As arguments of a process. */
export const memberArguments = ({ bootstrap, groupId, run, file }: MemberArgs): readonly string[] => [
  bootstrap.join(','),
  groupId,
  run,
  file,
];

export const TUNING = {
  // The shortest session that brokers allow by default.
  sessionTimeoutMs: 6_000,
  heartbeatIntervalMs: 500,
  rebalanceTimeoutMs: 10_000,
  revokeDeadlineMs: 3_000,
  maxWaitMs: 250,
  backOff: { firstMs: 20, maxMs: 500 },
} as const;

/** Runs until it is asked to end, or ends itself; goes with the process that started it. */
export function runMember(start: (args: MemberArgs) => Promise<Pick<EventConsumer<never>, 'ended'> & Closable>): void {
  const [bootstrap = '', groupId = '', run = '', file = ''] = process.argv.slice(2);
  process.stdin.on('end', () => process.exit(1)).resume();
  const crash = (error: unknown): void => {
    console.error(error);
    process.exit(CRASHED);
  };
  start({ bootstrap: bootstrap.split(','), groupId, run, file }).then((consumer) => {
    process.once('SIGTERM', () => void consumer.close(CLOSE_MS).then(() => process.exit(0)));
    consumer.ended.catch(crash);
  }, crash);
}

interface Closable {
  close(deadlineMs: number): Promise<unknown>;
}
