import type { HttpProof } from '../http-proof';
import { failed, passed, type Outcome } from '../outcome';
import type { KafkaUiConfig } from './config';
import { KAFKA_UI } from './names';

/** A cluster in the API of Kafka UI. Source: kafbat's OpenAPI document, 1.5. */
interface UiCluster {
  readonly name: string;
  readonly status: string;
  readonly lastError?: { readonly message?: string };
  /** True in responses of the stand-in for Kafka UI. */
  readonly standIn?: boolean;
}

/** Checks that Kafka UI reaches the cluster. */
export const kafkaUiProof: HttpProof<KafkaUiConfig> = {
  name: 'ui',
  title: 'UI',
  component: KAFKA_UI,
  path: '/api/clusters',
  verdict: (answer, { name }) => {
    const clusters = answer as readonly UiCluster[];
    return { outcome: outcomeOf(clusters, name), isStandIn: clusters.some(({ standIn }) => standIn === true) };
  },
};

function outcomeOf(clusters: readonly UiCluster[], name: string): Outcome {
  const cluster = clusters.find((one) => one.name === name);
  if (cluster === undefined) return failed(`the UI does not know the cluster '${name}'`, clusters);
  const told = cluster.lastError?.message ?? 'no reason given';
  return cluster.status === 'online'
    ? passed(`the UI${cluster.standIn ? ' (a stand-in)' : ''} reports that ${name} is online`, cluster)
    : failed(`the UI reports that ${name} is ${cluster.status}: ${told}`, cluster);
}
