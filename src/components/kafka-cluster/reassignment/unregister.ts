import type { KafkaConnection } from '../../../protocol/connection';
import { DESCRIBE_CLUSTER } from '../../../protocol/describe-cluster';
import { ask } from '../../../protocol/request';
import { unregisterBroker } from '../../../protocol/unregister-broker';
import { commandLine } from '../../../validation/command-line';
import { seconds } from '../../../validation/units';
import { UserError } from '../../../validation/user-error';
import { poll } from '../../../waiting/poll';
import { changeBroker } from './change-broker';
import { registeredOf } from './cordon';
import type { PlacementBroker } from './model';
import { brokersText, type LiveBroker } from './placement';
import { readPlacement, type StandingPlacement } from './read-placement';
import { BROKER_RATES, CORDON } from './settings';
import { messageOf } from '../../../validation/message-of';

const GONE_MS = seconds(30);
const POLL_MS = 500;

interface Leaving {
  readonly connection: KafkaConnection;
  /** Brokers of the configuration. */
  readonly wanted: readonly PlacementBroker[];
}

/**
 * Removes the registrations of brokers that are stopped and hold no replicas, with the settings that they have of their
 * own: a cordon would still be there when a broker with the same id came.
 * @throws {UserError} before the first change, with everything that forbids it
 */
export async function unregisterBrokers({ connection, wanted }: Leaving, ids: readonly number[]): Promise<string> {
  const placement = await readPlacement(connection);
  const leaving = registeredOf(placement.brokers, ids);
  const obstacles = leaving.flatMap((broker) => obstaclesOf(broker, placement, wanted));
  if (obstacles.length > 0)
    throw new UserError(`Nothing was unregistered:\n  ${obstacles.join('\n  ')}`, 'see the fix of each of these lines');
  const kept: string[] = [];
  for (const broker of leaving) {
    await changeBroker(connection, broker, { set: {}, remove: [CORDON, ...BROKER_RATES] }).catch((error: unknown) =>
      kept.push(`broker ${broker.id} keeps its own settings, such as its cordon: ${messageOf(error)}`),
    );
    await ask(connection, unregisterBroker(broker.id));
  }
  await requireGone(connection, ids);
  return [`unregistered and verified: ${brokersText(ids)}`, ...kept].join('\n');
}

/** Kafka unregisters a broker that runs, and the broker then goes on without ever being heard again. */
function obstaclesOf(
  { id, isFenced }: LiveBroker,
  { partitions, underWay }: StandingPlacement,
  wanted: readonly PlacementBroker[],
): readonly string[] {
  const held = [...partitions, ...underWay].filter(({ replicas }) => replicas.includes(id)).length;
  return [
    ...(isFenced ? [] : [`broker ${id} runs, and would go on running without the cluster; stop it first`]),
    ...(held === 0
      ? []
      : [`broker ${id} is named by ${held} partitions as a replica; ${commandLine(`brokers drain ${id}`)} first`]),
    ...(wanted.some((one) => one.id === id)
      ? [`broker ${id} is part of the configuration; lower replicas of its pool first`]
      : []),
  ];
}

async function requireGone(connection: KafkaConnection, ids: readonly number[]): Promise<void> {
  const left = await poll(
    async () => (await ask(connection, DESCRIBE_CLUSTER)).brokers.map(({ id }) => id).filter((id) => ids.includes(id)),
    { until: ({ length }) => length === 0, withinMs: GONE_MS, everyMs: POLL_MS },
  );
  if (left.length > 0)
    throw new UserError(`Still registered: ${brokersText(left)}.`, 'check whether they were started again');
}
