import type { KafkaConnection } from '../../../protocol/connection';
import {
  alterClusterConfig,
  incrementalAlterConfigs,
  type ConfigChange,
} from '../../../protocol/incremental-alter-configs';
import type { Refusal } from '../../../protocol/refusal';
import type { BytesPerSecond } from '../../../validation/units';
import { UserError } from '../../../validation/user-error';
import { changeBroker } from './change-broker';
import type { Move } from './model';
import type { LiveBroker, Placement, TopicThrottle } from './placement';
import { readExistingTopics } from './read-topics';
import {
  BROKER_RATES,
  FOLLOWER_RATE,
  FOLLOWER_REPLICAS,
  LEADER_RATE,
  LEADER_REPLICAS,
  TOPIC_REPLICAS,
} from './settings';
import { brokersIn, withMoves, withoutMoves } from './throttle-lists';
import { messageOf } from '../../../validation/message-of';

const TIMING = { timeoutMs: 40_000, validateOnly: false } as const;

/** What limits the replication of a cluster. */
export type Limits = Pick<Placement, 'brokers' | 'clusterThrottles' | 'topicThrottles'>;

interface Throttle {
  readonly moves: readonly Move[];
  /** Of each broker, as a leader and as a follower. */
  readonly rate: BytesPerSecond;
}

/** Limits what the moves copy, on every broker that takes part and serves. Throttled replicas that stand stay throttled. */
export async function throttleMoves(
  connection: KafkaConnection,
  { brokers, topicThrottles }: Limits,
  { moves, rate }: Throttle,
): Promise<void> {
  const set = { [LEADER_RATE]: String(rate), [FOLLOWER_RATE]: String(rate) };
  const part = brokersIn(moves);
  for (const broker of brokers) if (part.includes(broker.id)) await changeBroker(connection, broker, { set });
  await setLists(connection, withMoves(topicThrottles, moves));
}

/** Ends the limits of moves that have arrived, except the rates of the brokers, which limit nothing by themselves. */
export async function releaseMoves(connection: KafkaConnection, moves: readonly Move[]): Promise<void> {
  const topics = await readExistingTopics(connection, new Set(moves.map(({ topic }) => topic)));
  await setLists(connection, withoutMoves([...topics.values()], moves));
}

/**
 * Removes every limit of the replication that was set at run time: of all topics, of each broker that is registered, and
 * of all brokers together.
 * @throws {UserError} with all limits that remain
 */
export async function removeThrottles(connection: KafkaConnection, limits: Limits): Promise<void> {
  const { brokers, clusterThrottles, topicThrottles } = limits;
  const works = [
    () =>
      setLists(
        connection,
        topicThrottles.map(({ topic }) => ({ topic, leader: '', follower: '' })),
      ),
    async () => {
      if (Object.keys(clusterThrottles).length === 0) return;
      requireNone(await alterClusterConfig(connection, removal(BROKER_RATES), TIMING));
    },
    ...brokers.filter(mayBeThrottled).map((broker) => () => changeBroker(connection, broker, removal(BROKER_RATES))),
  ];
  const failures: string[] = [];
  for (const work of works) await work().catch((error: unknown) => failures.push(messageOf(error)));
  if (failures.length > 0) throw new UserError(`Not every throttle was removed:\n${failures.join('\n')}`);
}

/** Nobody knows the settings of a broker that does not answer. */
const mayBeThrottled = ({ state }: LiveBroker): boolean =>
  state === undefined || Object.keys(state.throttles).length > 0;

const removal = (remove: readonly string[]): ConfigChange => ({ set: {}, remove });

async function setLists(connection: KafkaConnection, lists: readonly TopicThrottle[]): Promise<void> {
  if (lists.length === 0) return;
  const changes = lists.map(({ topic, leader, follower }) => {
    const values = { [LEADER_REPLICAS]: leader, [FOLLOWER_REPLICAS]: follower };
    return {
      topic,
      set: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
      remove: TOPIC_REPLICAS.filter((name) => values[name] === ''),
    };
  });
  requireNone(await incrementalAlterConfigs(connection, changes, TIMING), GONE);
}

/** The topic was deleted meanwhile. */
const GONE = /UNKNOWN_TOPIC_OR_PARTITION/;

function requireNone(refusals: readonly Refusal[], passed?: RegExp): void {
  const left = refusals.filter(({ message }) => passed?.test(message) !== true);
  if (left.length === 0) return;
  const lines = left.map(({ topic, message }) => `  ${topic === '' ? '' : `${topic}: `}${message}`);
  throw new UserError(`The throttle was refused:\n${lines.join('\n')}`);
}
