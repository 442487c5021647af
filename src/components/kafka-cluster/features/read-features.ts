import { toServer, type KafkaConnection } from '../../../protocol/connection';
import { DESCRIBE_CLUSTER, DESCRIBE_CONTROLLERS } from '../../../protocol/describe-cluster';
import { NODE_FEATURES, type NodeFeatures } from '../../../protocol/node-features';
import { QUORUM_LISTENERS } from '../../../protocol/quorum-listeners';
import { ask, askServer, type Request } from '../../../protocol/request';
import type { LiveFeatures, LiveNode } from './plan';

/** Milliseconds to wait for one node. A node that does not answer is reported as not asked. */
const NODE_MS = 5_000;

/** A broker or a controller that is registered. */
interface Registered {
  readonly role: 'broker' | 'controller';
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** The features of a running cluster, as its nodes report them. */
export interface ReadFeatures extends LiveFeatures {
  readonly nodes: readonly (LiveNode & Pick<NodeFeatures, 'finalized'>)[];
  /** Names and addresses of registered nodes that did not answer at their own address. */
  readonly notAsked: readonly string[];
  /** Ids of registered controllers that do not answer and do not vote. */
  readonly gone: readonly number[];
}

/**
 * Asks every registered broker and controller for its features. A node that is both is asked once. Where no node can be
 * reached at its own address, the broker that answers stands for all.
 * @throws {UserError} if no broker answers
 */
export async function readFeatures(connection: KafkaConnection): Promise<ReadFeatures> {
  const [{ brokers }, voters] = await Promise.all([
    ask(connection, DESCRIBE_CLUSTER),
    ask(connection, QUORUM_LISTENERS),
  ]);
  const isBroker = new Set(brokers.map(({ id }) => id));
  const controllers = await registeredControllers(connection, voters);
  const all: readonly Registered[] = [
    ...brokers.map((broker) => ({ role: 'broker' as const, ...broker })),
    ...controllers.filter(({ id }) => !isBroker.has(id)).map((one) => ({ role: 'controller' as const, ...one })),
  ];
  const asked = await Promise.all(
    all.map(async (node) => ({ node, features: await askNode(connection, node, NODE_FEATURES) })),
  );
  const votes = new Set(voters.map(({ id }) => id));
  const silent = asked.filter(({ features }) => features === undefined).map(({ node }) => node);
  const found = asked.flatMap(({ node, features }) =>
    features === undefined ? [] : [{ name: `${node.role} ${node.id}`, ...features }],
  );
  const nodes =
    found.length > 0 ? found : [{ name: 'the broker that answers', ...(await ask(connection, NODE_FEATURES)) }];
  return {
    finalized: newest(nodes),
    nodes,
    notAsked: silent.map(({ role, id, host, port }) => `${role} ${id} (${host}:${port})`),
    gone: silent.filter(({ role, id }) => role === 'controller' && !votes.has(id)).map(({ id }) => id),
  };
}

/** Only a controller knows which controllers are registered, those that are gone included. Without an answer, the voters stand for all. */
async function registeredControllers(
  connection: KafkaConnection,
  voters: readonly Omit<Registered, 'role'>[],
): Promise<readonly Omit<Registered, 'role'>[]> {
  const answers = await Promise.all(voters.map((voter) => askNode(connection, voter, DESCRIBE_CONTROLLERS)));
  return answers.find((answer) => answer !== undefined)?.brokers ?? voters;
}

/** Undefined if the node does not answer. */
const askNode = <T>(
  connection: KafkaConnection,
  { host, port }: Omit<Registered, 'role'>,
  request: Request<T>,
): Promise<T | undefined> =>
  askServer(toServer(connection, `${host}:${port}`), request, { timeoutMs: NODE_MS }).catch(() => undefined);

/** The levels that the node with the newest metadata reports. */
const newest = (nodes: readonly NodeFeatures[]): NodeFeatures['finalized'] =>
  nodes.reduce((first, node) => (node.epoch > first.epoch ? node : first)).finalized;
