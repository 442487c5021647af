/** The address and identity for connections to a cluster. Brokers tell clients the addresses of the other brokers. */
export interface KafkaConnection {
  /** Addresses of some brokers as `host:port`. The first broker that answers returns the addresses of all. */
  readonly bootstrapServers: readonly string[];
  /** Name of the application, the same for all of its instances. Brokers use it for quotas and metrics. */
  readonly clientId: string;
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
