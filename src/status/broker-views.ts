import { DESCRIBE_CLUSTER, type ClusterBroker, type ClusterDescription } from '../wire/describe-cluster';
import { opens } from '../wire/opens';
import { askServer } from '../wire/request';
import type { BrokerState } from './status';

/** A broker as it was found when it was asked itself. */
export interface BrokerView extends ClusterBroker {
  readonly address: string;
  readonly state: BrokerState;
}

/**
 * Asks every broker how the cluster stands. Those that are gone are known at once, before the controller counts them out.
 * @param addresses one for each broker, in the order of node ids
 */
export async function brokerViews(addresses: readonly string[], timeoutMs: number): Promise<readonly BrokerView[]> {
  const answers = await Promise.all(addresses.map((address) => descriptionBy(address, timeoutMs)));
  const seen = mostTrusted(answers);
  return Promise.all(
    addresses.map(async (address, id) => {
      const colon = address.lastIndexOf(':');
      const [host, port] = [address.slice(0, colon), Number(address.slice(colon + 1))];
      const isFenced = seen?.brokers.find((broker) => broker.id === id)?.isFenced ?? true;
      const isOpen = answers[id] !== undefined || (await opens(host, port, timeoutMs));
      const state = !isOpen ? 'down' : answers[id] === undefined ? 'silent' : isFenced ? 'fenced' : 'serving';
      return { id, host, port, address, isFenced, state };
    }),
  );
}

/** A broker that is cut off from the controllers tells what was; it takes itself for fenced soonest when it comes back. */
const mostTrusted = (answers: readonly (ClusterDescription | undefined)[]): ClusterDescription | undefined =>
  answers.find((answer, id) => answer?.brokers.some((broker) => broker.id === id && !broker.isFenced)) ??
  answers.find((answer) => answer !== undefined);

async function descriptionBy(address: string, timeoutMs: number): Promise<ClusterDescription | undefined> {
  try {
    return await askServer(address, DESCRIBE_CLUSTER, timeoutMs);
  } catch {
    return undefined;
  }
}
