import { patch } from './patch-kafkajs';

/** Requests that contain the group instance id of a static member. */
const NAMED_REQUESTS = ['joinGroup', 'syncGroup', 'heartbeat'] as const;

type NamedRequest = (this: Broker, request: unknown) => Promise<unknown>;

/** The used part of kafkajs's private broker class; each consumer has its own brokers. */
interface Broker extends Record<(typeof NAMED_REQUESTS)[number], NamedRequest> {
  lookupRequest: (apiKey: number, versions: unknown) => (values: object) => unknown;
  leaveGroup: (this: Broker, request: unknown) => Promise<unknown>;
}

/** The used part of kafkajs's private cluster class; each consumer has its own cluster. */
interface Cluster {
  findGroupCoordinator: (this: Cluster, which: unknown) => Promise<Broker>;
}

const nameOfCluster = new WeakMap<object, string>();
const nameOfCoordinator = new WeakMap<Broker, string>();

/**
 * Makes a consumer a static member (KIP-345).
 * @param cluster kafkajs's private cluster object of the consumer
 */
export const nameMember = (cluster: object, groupInstanceId: string): void =>
  void nameOfCluster.set(cluster, groupInstanceId);

const nameCoordinators = patch('Cluster', (cluster: Cluster) => {
  const { findGroupCoordinator: find } = cluster;
  cluster.findGroupCoordinator = async function (which) {
    const coordinator = await find.call(this, which);
    const name = nameOfCluster.get(this);
    if (name !== undefined) nameOfCoordinator.set(coordinator, name);
    return coordinator;
  };
});

/** kafkajs 2.2.4 can encode a group instance id, but does not pass it to its encoders. */
const sendNames = patch('Broker', (broker: Broker) => {
  for (const method of NAMED_REQUESTS) {
    const send = broker[method];
    broker[method] = function (request) {
      const groupInstanceId = nameOfCoordinator.get(this);
      if (groupInstanceId === undefined) return send.call(this, request);
      const { lookupRequest } = this;
      this.lookupRequest = (apiKey, versions) => {
        const encode = lookupRequest.call(this, apiKey, versions);
        return (values) => encode({ ...values, groupInstanceId });
      };
      try {
        // `send` looks up its request before its first await.
        return send.call(this, request);
      } finally {
        this.lookupRequest = lookupRequest;
      }
    };
  }
  const { leaveGroup } = broker;
  broker.leaveGroup = function (request) {
    // A static member does not leave the group, so that it keeps its partitions while it restarts.
    return nameOfCoordinator.has(this) ? Promise.resolve() : leaveGroup.call(this, request);
  };
});

/** @returns whether static membership is available */
export const allowStaticMembers = (): boolean => [nameCoordinators(), sendNames()].every(Boolean);
