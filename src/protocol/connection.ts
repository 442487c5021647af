/**
 * Text that is read anew for each connection, so that a replaced certificate or password needs no restart: the path of a file, or a
 * function.
 */
export type TextSource = { readonly file: string } | (() => string);

/** How a connection is encrypted. The certificate of a server has to name the host that is dialled. */
export interface ConnectionTls {
  /** PEM certificates of the authorities that issue those of the brokers. */
  readonly ca: TextSource;
  /** PEM with the private key of the client and its certificates. @default none, for listeners that do not ask for one */
  readonly certificate?: TextSource;
}

/** How a client authenticates. */
export interface ConnectionSasl {
  readonly mechanism: 'scram-sha-512';
  readonly username: string;
  readonly password: TextSource;
}

/** The address and identity for connections to a cluster. Brokers tell clients the addresses of the other brokers. */
export interface KafkaConnection {
  /** Addresses of some brokers as `host:port`. The first broker that answers returns the addresses of all. */
  readonly bootstrapServers: readonly string[];
  /** Name of the application, the same for all of its instances. Brokers use it for quotas and metrics. */
  readonly clientId: string;
  /** @default not encrypted */
  readonly tls?: ConnectionTls;
  /** @default not authenticated, or by the certificate */
  readonly sasl?: ConnectionSasl;
}

/** A connection to a cluster whose servers may be reached elsewhere than at their own addresses. */
export interface RoutedConnection extends KafkaConnection {
  /** Where a server is reached from here, as `host:port`. @default at its own address */
  readonly route?: (server: string) => Promise<string>;
}

/** A connection to one broker of a cluster. */
export interface ServerConnection extends Omit<RoutedConnection, 'bootstrapServers'> {
  /** Address as `host:port`. */
  readonly server: string;
}

/** A connection to one broker of the same cluster. */
export const toServer = (connection: RoutedConnection, server: string): ServerConnection => ({ ...connection, server });
