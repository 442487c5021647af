import type { KafkaConnection } from '../../protocol/connection';
import { bootstrapServers, type ClusterLayout } from '../../components/kafka-cluster/layout';
import { isBroker } from '../../components/kafka-cluster/nodes';
import type { StateDirectory } from '../state';
import { localTlsFiles } from './tls-files';
import type { Platform } from '../../platform/load';

/** The brokers of a local platform, and where its files are. */
export interface LocalCluster {
  readonly config: Pick<Platform, 'security'>;
  readonly layout: ClusterLayout;
  readonly directory: StateDirectory;
}

/** Connection of an administrator, who may do everything: on the listener of the brokers, by a certificate. */
export function adminConnection({ config, layout, directory }: LocalCluster, clientId: string): KafkaConnection {
  if (config.security.mode === 'none') return { bootstrapServers: bootstrapServers(layout), clientId };
  const { clusterAuthority, admin } = localTlsFiles(directory.certificates);
  return {
    bootstrapServers: layout.nodes.filter(isBroker).map(({ host, ports }) => `${host}:${ports.replication}`),
    clientId,
    tls: { ca: { file: clusterAuthority }, certificate: { file: admin } },
  };
}

/** Connection to the listener of clients, by nobody. */
export function clientConnection({ config, layout, directory }: LocalCluster, clientId: string): KafkaConnection {
  const connection = { bootstrapServers: bootstrapServers(layout), clientId };
  if (config.security.mode === 'none') return connection;
  return { ...connection, tls: { ca: { file: localTlsFiles(directory.certificates).clientsAuthority } } };
}

/** Connection of a user on the listener of clients. */
export function userConnection(cluster: LocalCluster, username: string): KafkaConnection {
  const connection = clientConnection(cluster, username);
  if (connection.tls === undefined) return connection;
  const password = { file: cluster.directory.password(username) };
  return { ...connection, sasl: { mechanism: 'scram-sha-512', username, password } };
}
