import type { KafkaConnection } from '../../src/protocol/connection';
import type { EventConsumer } from '../../src/client/consumer/event-consumer';

const CLOSE_MS = 10_000;
const CRASHED = 5;

/** Arguments of a member of a group under test. */
export interface MemberArgs {
  readonly connection: KafkaConnection;
  readonly groupId: string;
  /** Id of the run; distinguishes its records from others. */
  readonly run: string;
  /**
   * File that receives a line for each handled record. Lines of several processes are in the order in which they were
   * written.
   */
  readonly file: string;
}

/** The arguments as command line arguments. */
export const memberArguments = ({ connection, groupId, run, file }: MemberArgs): readonly string[] => [
  connection.bootstrapServers.join(','),
  groupId,
  run,
  file,
];

export const TUNING = {
  // The shortest session timeout that brokers allow by default.
  sessionTimeoutMs: 6_000,
  heartbeatIntervalMs: 500,
  rebalanceTimeoutMs: 10_000,
  revokeDeadlineMs: 3_000,
  maxWaitMs: 250,
  backOff: { firstMs: 20, maxMs: 500 },
} as const;

/** Runs a member until it is asked to end or ends by itself. It also ends with the process that started it. */
export function runMember(start: (args: MemberArgs) => Promise<Pick<EventConsumer<never>, 'ended'> & Closable>): void {
  const [bootstrapServers = '', groupId = '', run = '', file = ''] = process.argv.slice(2);
  process.stdin.on('end', () => process.exit(1)).resume();
  const crash = (error: unknown): void => {
    console.error(error);
    process.exit(CRASHED);
  };
  const connection = { bootstrapServers: bootstrapServers.split(','), clientId: groupId };
  start({ connection, groupId, run, file }).then((consumer) => {
    process.once('SIGTERM', () => void consumer.close(CLOSE_MS).then(() => process.exit(0)));
    consumer.ended.catch(crash);
  }, crash);
}

interface Closable {
  close(deadlineMs: number): Promise<unknown>;
}
