import { bootstrapEndpoint } from '../components/kafka-cluster/kubernetes-layout';
import { brokerNames } from '../components/kafka-cluster/names';
import type { Platform } from '../platform/load';
import { CLIENT_IDS } from '../protocol/client-ids';
import { METADATA } from '../protocol/metadata';
import { ask } from '../protocol/request';
import type { Kubectl } from './kubectl';
import { forwarded } from './port-forward';

/**
 * Number of partitions of which each broker holds a replica, by id.
 * @throws if the cluster does not answer
 */
export function heldReplicas(kubectl: Kubectl, config: Platform): Promise<ReadonlyMap<number, number>> {
  const service = { service: brokerNames(config).bootstrapService, port: bootstrapEndpoint(config).port };
  return forwarded(kubectl, service, async (url) => {
    const connection = { bootstrapServers: [new URL(url).host], clientId: CLIENT_IDS.deploy };
    const topics = await ask(connection, METADATA);
    const held = topics.flatMap(({ partitions }) => partitions.flatMap(({ replicas }) => replicas));
    return held.reduce((counts, id) => counts.set(id, (counts.get(id) ?? 0) + 1), new Map<number, number>());
  });
}
