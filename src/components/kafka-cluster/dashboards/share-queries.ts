import type { Query } from '../../../monitoring/panel';
import type { KafkaClusterConfig } from '../config';
import { nodeWords } from '../nodes';
import { volumesOf, type Volumes } from '../volumes';

/** Queries over the volumes of all nodes; those of the metadata log have a line of their own for each node. */
export function shareQueries(config: KafkaClusterConfig, expr: (volumes: Volumes) => string): readonly Query[] {
  const { short } = nodeWords(config.brokers);
  const queryOf = (volumes: readonly Volumes[], legend: string): readonly Query[] =>
    volumes.length === 0 ? [] : [{ expr: volumes.map(expr).join(' or '), legend }];
  const all = volumesOf(config);
  return [
    ...queryOf(
      all.filter(({ of }) => of !== 'metadata'),
      `${short} {{broker}}`,
    ),
    ...queryOf(
      all.filter(({ of }) => of === 'metadata'),
      `metadata of ${short} {{broker}}`,
    ),
  ];
}
