import { toServer, type KafkaConnection } from '../../../protocol/connection';
import { DESCRIBE_CLUSTER, type ClusterBroker } from '../../../protocol/describe-cluster';
import { describeConfigs, type ConfigEntry, type DescribedResource } from '../../../protocol/describe-configs';
import { NODE_FEATURES } from '../../../protocol/node-features';
import { ask, askServer } from '../../../protocol/request';
import type { LiveBroker, LiveConfig, LiveValue } from './plan';

/** Milliseconds to wait for one broker. A broker that does not answer is skipped. */
const BROKER_MS = 5_000;

const ELR_VERSION = 'eligible.leader.replicas.version';

/** Name of the resource that stands for all brokers. */
const ALL_BROKERS = '';

/**
 * Reads the values that were set at run time, and those that each broker uses. Only a broker itself knows what it uses:
 * brokers that cannot be reached at their advertised address are left out.
 * @throws {UserError} if no broker answers
 */
export async function readConfig(connection: KafkaConnection): Promise<LiveConfig> {
  const [{ brokers }, defaults, { finalized }] = await Promise.all([
    ask(connection, DESCRIBE_CLUSTER),
    ask(connection, describeConfigs({ resource: 'broker', names: [ALL_BROKERS] })),
    ask(connection, NODE_FEATURES),
  ]);
  const serving = brokers.filter(({ isFenced }) => !isFenced);
  const values = (await Promise.all(serving.map((broker) => liveBroker(connection, broker)))).flat();
  return {
    dynamic: Object.fromEntries(entriesOf(defaults).map(({ name, value }) => [name, value])),
    brokers: values,
    hasElr: (finalized[ELR_VERSION] ?? 0) > 0,
  };
}

/** Empty if the broker does not answer. */
async function liveBroker(
  connection: KafkaConnection,
  { id, host, port }: ClusterBroker,
): Promise<readonly LiveBroker[]> {
  const request = describeConfigs({ resource: 'broker', names: [String(id)] });
  const described = await askServer(toServer(connection, `${host}:${port}`), request, { timeoutMs: BROKER_MS }).catch(
    () => undefined,
  );
  if (described === undefined) return [];
  return [{ name: `broker ${id}`, id, values: Object.fromEntries(entriesOf(described).map(valueOf)) }];
}

const entriesOf = ([resource]: readonly DescribedResource[]): readonly ConfigEntry[] => resource?.entries ?? [];

const valueOf = ({ name, value, source }: ConfigEntry): readonly [string, LiveValue] => [name, { value, source }];
