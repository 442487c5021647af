import type { BrokerNode } from '../components/kafka-cluster/layout';
import { toServer, type KafkaConnection, type ServerConnection } from '../protocol/connection';
import { DESCRIBE_CLUSTER, type ClusterBroker, type ClusterDescription } from '../protocol/describe-cluster';
import { opens } from '../protocol/opens';
import { askServer } from '../protocol/request';
import type { BrokerState } from './status';

/** A broker's state according to its own response. */
export interface BrokerView extends ClusterBroker {
  readonly address: string;
  readonly state: BrokerState;
}

/** Queries every broker about the cluster. A failed broker is detected immediately, before the controller fences it. */
export async function brokerViews(
  connection: KafkaConnection,
  nodes: readonly BrokerNode[],
  timeoutMs: number,
): Promise<readonly BrokerView[]> {
  const asked = await Promise.all(
    nodes.map(async ({ id, host, ports: { client: port } }) => {
      const address = `${host}:${port}`;
      return { id, host, port, address, answer: await descriptionBy(toServer(connection, address), timeoutMs) };
    }),
  );
  const seen = mostTrusted(asked);
  return Promise.all(
    asked.map(async ({ answer, ...node }) => {
      const isFenced = seen?.brokers.find(({ id }) => id === node.id)?.isFenced ?? true;
      const isOpen = answer !== undefined || (await opens(node.host, node.port, timeoutMs));
      const state = !isOpen ? 'down' : answer === undefined ? 'silent' : isFenced ? 'fenced' : 'serving';
      return { ...node, isFenced, state };
    }),
  );
}

interface Asked {
  readonly id: number;
  readonly answer: ClusterDescription | undefined;
}

/**
 * A broker without a connection to the controllers reports an old state. The description of a broker that considers
 * itself unfenced is preferred, because a returning broker considers itself fenced at first.
 */
const mostTrusted = (asked: readonly Asked[]): ClusterDescription | undefined =>
  (
    asked.find(({ id, answer }) => answer?.brokers.some((broker) => broker.id === id && !broker.isFenced)) ??
    asked.find(({ answer }) => answer !== undefined)
  )?.answer;

async function descriptionBy(server: ServerConnection, timeoutMs: number): Promise<ClusterDescription | undefined> {
  try {
    return await askServer(server, DESCRIBE_CLUSTER, { timeoutMs });
  } catch {
    return undefined;
  }
}
