import { controllersOf, type ClusterLayout } from '../layout';
import { initialDirectoryId } from './directory-id';

/** How a disk is formatted: as that of a first voter of a new quorum, or as that of a node that joins a quorum. */
export const FORMATS = ['initial', 'join'] as const;

export type Format = (typeof FORMATS)[number];

/** Beside a node's log directory: ids of the controllers that the configuration had when the node started first. */
export const VOTERS_FILE = 'voters';

/** Content of {@link VOTERS_FILE}. */
export const voterIds = (layout: ClusterLayout): string =>
  controllersOf(layout)
    .map(({ id }) => id)
    .join();

/**
 * Arguments of `kafka-storage.sh format` that say which of the two it is. Source: KIP-853, "Provisioning Nodes" in Kafka's documentation.
 * @param clusterId `brokers.clusterId`
 */
export const formatArguments = (clusterId: string, layout: ClusterLayout): Readonly<Record<Format, string>> => ({
  initial: `--initial-controllers=${initialControllers(clusterId, layout)}`,
  join: '--no-initial-controllers',
});

const initialControllers = (clusterId: string, layout: ClusterLayout): string =>
  controllersOf(layout)
    .map(({ id, host, ports }) => `${id}@${host}:${ports.controller}:${initialDirectoryId(clusterId, id)}`)
    .join(',');
