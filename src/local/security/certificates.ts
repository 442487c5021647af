import type { Authority } from '../../certificates/authority';
import { issueCertificate } from '../../certificates/issue';
import type { KeyPair } from '../../certificates/key-pair';
import { LOOPBACK } from '../../components/kafka-cluster/local-layout';
import type { BrokerNode, ClusterLayout } from '../../components/kafka-cluster/layout';
import { adminCommonName, nodeCommonName } from '../../components/kafka-cluster/security/names';
import { localAuthority } from './local-authority';
import { CLIENTS_AUTHORITY, CLUSTER_AUTHORITY, localTlsFiles } from './tls-files';
import { writePrivate } from '../../processes/write-private';

/** Certificates are issued at each start, and a platform does not run for so long. */
const VALID_DAYS = 365;

/** Names by which local servers are dialled. */
const NAMES = [LOOPBACK, 'localhost'];

interface LocalCertificatesProps {
  /** Name of the platform. */
  readonly name: string;
  readonly layout: ClusterLayout;
  /** Directory of the authorities and of the administrator. */
  readonly directory: string;
}

/** Issues the certificates of a local platform. Its authorities are made once. */
export async function prepareCertificates({ name, layout, directory }: LocalCertificatesProps): Promise<void> {
  const cluster = await localAuthority({ directory, name: CLUSTER_AUTHORITY }, `${name} cluster CA`);
  const clients = await localAuthority({ directory, name: CLIENTS_AUTHORITY }, `${name} clients CA`);
  const admin = await issue(cluster, adminCommonName({ name }), []);
  writePrivate(localTlsFiles(directory).admin, pem(admin));
  await Promise.all(
    layout.nodes.map((node) => writeCertificates(node, nodeCommonName({ name }, node), { cluster, clients })),
  );
}

async function writeCertificates(
  { certificates }: BrokerNode,
  commonName: string,
  { cluster, clients }: { readonly cluster: Authority; readonly clients: Authority },
): Promise<void> {
  if (certificates === undefined) return;
  writePrivate(certificates.trusted, cluster.certificate);
  writePrivate(certificates.internal, pem(await issue(cluster, commonName, NAMES)));
  writePrivate(certificates.client, pem(await issue(clients, commonName, NAMES)));
}

const issue = (authority: Authority, commonName: string, names: readonly string[]): Promise<KeyPair> =>
  issueCertificate(authority, { commonName, names, validDays: VALID_DAYS });

/** As Kafka and Node.js read them: the key, and its certificate. */
const pem = ({ key, certificate }: KeyPair): string => `${key}\n${certificate}\n`;
