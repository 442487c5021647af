import { toServer, type KafkaConnection } from '../../../protocol/connection';
import { DESCRIBE_CLUSTER, type ClusterBroker } from '../../../protocol/describe-cluster';
import { describeConfigs, type DescribedResource } from '../../../protocol/describe-configs';
import { LOG_DIRECTORIES, type LogDirectory } from '../../../protocol/describe-log-dirs';
import { ask, askServer } from '../../../protocol/request';
import type { BrokerState, LiveBroker, StoredReplica } from './placement';
import { BROKER_RATES, CORDON } from './settings';

/** Milliseconds to wait for one broker. */
const BROKER_MS = 10_000;

/**
 * All registered brokers, ordered by id, and what each that serves says about itself. Only a broker itself knows its
 * disks and its own settings.
 * @throws {UserError} if no broker answers
 */
export async function readBrokers(connection: KafkaConnection): Promise<readonly LiveBroker[]> {
  const { brokers } = await ask(connection, DESCRIBE_CLUSTER);
  const live = await Promise.all(brokers.map((broker) => readBroker(connection, broker)));
  return live.sort((a, b) => a.id - b.id);
}

async function readBroker(
  connection: KafkaConnection,
  { id, host, port, rack, isFenced }: ClusterBroker,
): Promise<LiveBroker> {
  const server = `${host}:${port}`;
  // A broker that was killed a moment ago may not be fenced yet, and one that starts answers before it serves.
  const state = isFenced ? undefined : await readState(connection, { id, server }).catch(() => undefined);
  return { id, rack: rack ?? undefined, server, isFenced, state };
}

async function readState(
  connection: KafkaConnection,
  { id, server }: Pick<LiveBroker, 'id' | 'server'>,
): Promise<BrokerState> {
  const to = toServer(connection, server);
  const settings = [CORDON, ...BROKER_RATES];
  const [directories, described] = await Promise.all([
    askServer(to, LOG_DIRECTORIES, { timeoutMs: BROKER_MS }),
    askServer(to, describeConfigs({ resource: 'broker', names: [String(id)], settings }), { timeoutMs: BROKER_MS }),
  ]);
  const values = valuesIn(described);
  const healthy = directories.filter(({ code }) => code === 0);
  return {
    isCordoned: values[CORDON] !== undefined,
    throttles: Object.fromEntries(Object.entries(values).filter(([name]) => name !== CORDON)),
    replicas: healthy.flatMap(storedIn),
    totalBytes: sum(healthy.map((one) => one.totalBytes)),
    freeBytes: sum(healthy.map((one) => one.usableBytes)),
    failedDirectories: directories.filter(({ code }) => code !== 0).map(({ path }) => path),
  };
}

/** Sizes of the replicas of a broker that answers; empty if it does not. */
export const readReplicas = (connection: KafkaConnection, server: string): Promise<readonly StoredReplica[]> =>
  askServer(toServer(connection, server), LOG_DIRECTORIES, { timeoutMs: BROKER_MS })
    .then((directories) => directories.flatMap(storedIn))
    .catch(() => []);

const storedIn = ({ replicas }: LogDirectory): readonly StoredReplica[] =>
  replicas.map(({ topic, partition, sizeBytes }) => ({ topic, partition, bytes: Number(sizeBytes) }));

const sum = (sizes: readonly bigint[]): number => sizes.reduce((total, size) => total + Number(size), 0);

/** Values of the broker that are set, and of the limits only those that were set on it at run time. */
const valuesIn = ([resource]: readonly DescribedResource[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (resource?.entries ?? []).flatMap(({ name, value, source }) =>
      value === null || value === '' || (source !== 'broker' && name !== CORDON) ? [] : [[name, value]],
    ),
  );
