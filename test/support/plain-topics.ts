import type { KafkaConnection } from '../../src/protocol/connection';
import { makeTopics } from './make-topics';

/** Creates topics with three replicas that are not in the catalogue, and returns them by name. */
export async function plainTopics<N extends string>(
  connection: KafkaConnection,
  partitions: number,
  names: readonly N[],
): Promise<Readonly<Record<N, string>>> {
  const topics = names.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: 3 }));
  await makeTopics(connection, topics);
  // The clients accept any name at run time; only the compiler restricts them to the catalogue.
  return Object.fromEntries(names.map((name) => [name, name])) as unknown as Readonly<Record<N, string>>;
}
