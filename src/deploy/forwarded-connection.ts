import { bootstrapServers } from '../components/kafka-cluster/layout';
import { kubernetesLayout } from '../components/kafka-cluster/kubernetes-layout';
import { brokerNames } from '../components/kafka-cluster/names';
import type { Platform } from '../platform/load';
import type { RoutedConnection } from '../protocol/connection';
import { parseServerAddress } from '../protocol/server-address';
import type { Kubectl } from './kubectl';
import { forward, type Forward } from './port-forward';

/**
 * A connection to a cluster in Kubernetes from outside of it: each node is reached by a port of its pod that `kubectl`
 * forwards to this machine, from the first request to it on. The forwards end with this process.
 */
export function forwardedConnection(kubectl: Kubectl, config: Platform, clientId: string): RoutedConnection {
  const forwards = new Forwards(kubectl, (host) => podOf(config, host));
  return {
    bootstrapServers: bootstrapServers(kubernetesLayout(config)),
    clientId,
    route: (server) => forwards.addressOf(server),
  };
}

/** The pod of a host, also of one that the configuration does not have any more. */
function podOf(config: Platform, host: string): string | undefined {
  const [pod = ''] = host.split('.');
  return brokerNames(config).hostOf(pod) === host ? pod : undefined;
}

class Forwards {
  private readonly pending = new Map<string, Promise<Forward>>();
  private readonly open = new Set<Forward>();

  constructor(
    private readonly kubectl: Kubectl,
    private readonly podOf: (host: string) => string | undefined,
  ) {
    process.once('exit', () => this.open.forEach((one) => one.close()));
  }

  async addressOf(server: string): Promise<string> {
    const address = parseServerAddress(server);
    const pod = address && this.podOf(address.host);
    if (address === undefined || pod === undefined) return server;
    let known = this.pending.get(server);
    if (known === undefined) {
      known = this.start(server, { pod, port: address.port });
      this.pending.set(server, known);
    }
    return new URL((await known).url).host;
  }

  /** A forward ends with its pod, and is started anew for the next one. */
  private async start(server: string, way: { readonly pod: string; readonly port: number }): Promise<Forward> {
    try {
      const started = await forward(this.kubectl, way);
      this.open.add(started);
      started.unref();
      void started.ended.then(() => {
        this.open.delete(started);
        this.pending.delete(server);
      });
      return started;
    } catch (error) {
      this.pending.delete(server);
      throw error;
    }
  }
}
