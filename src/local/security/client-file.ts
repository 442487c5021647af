import { javaClientProperties } from '../../components/kafka-cluster/security/java-client';
import { writePrivate } from '../../processes/write-private';
import { CLIENT_IDS } from '../../protocol/client-ids';
import { adminConnection, userConnection, type LocalCluster } from './connections';

/** No user has a name in capital letters. */
const ADMIN = 'ADMIN';

/** A properties file for Kafka's own tools, and the servers that it is for. */
interface ClientFile {
  readonly file: string;
  readonly servers: readonly string[];
}

/** Writes the file of a user. @param user without one, an administrator */
export function localClientFile(cluster: LocalCluster, user?: string): ClientFile {
  const connection = user === undefined ? adminConnection(cluster, CLIENT_IDS.users) : userConnection(cluster, user);
  const file = cluster.directory.clientProperties(user ?? ADMIN);
  writePrivate(file, javaClientProperties(connection));
  return { file, servers: connection.bootstrapServers };
}
