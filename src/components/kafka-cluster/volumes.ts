import { logBytes } from '../../monitoring/promql';
import type { KafkaClusterConfig } from './config';
import { USABLE_SHARE, diskCapacity } from './disk-budget';
import { brokersOf, controllerPools, hasMetadataVolume, isBroker, nodesOf, smallestClaim, type Node } from './nodes';

/** Volumes of nodes with the same task, as queries compare them with the logs on them. */
export interface Volumes {
  /** What is on them: everything of a broker, the metadata log beside it, or what a controller alone has. */
  readonly of: 'broker' | 'metadata' | 'controller';
  /** Bytes of the logs of each of these nodes. @param matchers further ones */
  readonly logs: (...matchers: readonly string[]) => string;
  /** The smallest claim, in bytes. */
  readonly claim: number;
  /** Of it, what logs may take. */
  readonly usable: number;
}

type Sizes = Pick<Volumes, 'claim' | 'usable'>;
type Brokers = Pick<KafkaClusterConfig, 'brokers'>;

/** Sizes of the volumes for the brokers' topics. */
export const brokerVolume = ({ brokers }: Brokers): Sizes => ({
  claim: smallestClaim(brokers),
  usable: Math.floor(Math.floor(diskCapacity({ brokers }).bytes) / brokersOf(brokers).length),
});

/** Those of the brokers and, where there are any, those of the metadata log and of controllers alone, which are much smaller. */
export function volumesOf({ brokers }: Brokers): readonly Volumes[] {
  const ofBrokers = { of: 'broker', ...brokerVolume({ brokers }) } as const;
  const apart = brokersOf(brokers).filter(hasMetadataVolume);
  const controllers = nodesOf(brokers).filter((node) => !isBroker(node));
  if (apart.length === 0 && controllers.length === 0) return [{ ...ofBrokers, logs: (...all) => logBytes(all) }];
  const together = brokersOf(brokers).filter((node) => !hasMetadataVolume(node));
  return [
    ...(together.length > 0 ? [{ ...ofBrokers, logs: logsOf(together) }] : []),
    ...(apart.length > 0 ? [{ ...ofBrokers, logs: logsOf(apart, DATA_TOPICS) }, metadataVolumes(apart)] : []),
    ...(controllers.length > 0
      ? [
          {
            of: 'controller' as const,
            ...sizesOf(controllerPools(brokers).map(({ storage }) => storage.size)),
            logs: logsOf(controllers),
          },
        ]
      : []),
  ];
}

const METADATA_TOPIC = '__cluster_metadata';
const DATA_TOPICS = `topic!="${METADATA_TOPIC}"`;

/** The topic stays as a label: `or` drops a series that has the labels of another one. */
const metadataVolumes = (nodes: readonly Node[]): Volumes => ({
  of: 'metadata',
  ...sizesOf(nodes.flatMap(({ pool }) => pool.metadataStorage?.size ?? [])),
  logs: (...matchers) => logBytes([idsOf(nodes), `topic="${METADATA_TOPIC}"`, ...matchers], 'broker, topic'),
});

function sizesOf(claims: readonly number[]): Sizes {
  const claim = Math.min(...claims);
  return { claim, usable: Math.floor(claim * USABLE_SHARE) };
}

const logsOf =
  (nodes: readonly Node[], ...own: readonly string[]): Volumes['logs'] =>
  (...matchers) =>
    logBytes([idsOf(nodes), ...own, ...matchers]);

const idsOf = (nodes: readonly Node[]): string => `broker=~"${nodes.map(({ id }) => id).join('|')}"`;
