import { join } from 'node:path';

/** Names of the files of the authorities. */
export const CLUSTER_AUTHORITY = 'cluster-ca';
export const CLIENTS_AUTHORITY = 'clients-ca';

/** Files of a local platform with what connections to its brokers need. */
export interface LocalTlsFiles {
  /** Certificate of the authority that nodes and administrators have theirs from. */
  readonly clusterAuthority: string;
  /** Certificate of the authority that the listener of clients has its from. */
  readonly clientsAuthority: string;
  /** Key and certificate of an administrator. */
  readonly admin: string;
}

/** @param directory of the certificates of a local platform */
export const localTlsFiles = (directory: string): LocalTlsFiles => ({
  clusterAuthority: join(directory, `${CLUSTER_AUTHORITY}.pem`),
  clientsAuthority: join(directory, `${CLIENTS_AUTHORITY}.pem`),
  admin: join(directory, 'admin.pem'),
});
