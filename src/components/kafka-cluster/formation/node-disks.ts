import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { METADATA_LOG, isLeftByFormat, isFormatted, readDisk, type Disk } from './disk';

/** Where a node keeps its files. */
export interface Directories {
  /** `log.dirs`. */
  readonly logDirectory: string;
  /** `metadata.log.dir`, where the metadata log has a volume of its own. */
  readonly metadataLogDirectory?: string | undefined;
}

/** Directory of the metadata log. */
export const metadataDirectory = ({ logDirectory, metadataLogDirectory }: Directories): string =>
  metadataLogDirectory ?? logDirectory;

/** What the disks of a node are to the quorum. Its metadata log decides; a data directory beside it has to be of the same node. */
export function readDisks(directories: Directories): Disk {
  const metadata = readDisk(metadataDirectory(directories));
  if (directories.metadataLogDirectory === undefined || metadata.state === 'damaged') return metadata;
  return besideData(metadata, directories.logDirectory);
}

/** Whether only the data directory of a node was lost: the quorum has nothing to decide then. */
export const lacksDataOnly = ({ logDirectory, metadataLogDirectory }: Directories): boolean =>
  metadataLogDirectory !== undefined && isFormatted(metadataLogDirectory) && !isFormatted(logDirectory);

function besideData(metadata: Exclude<Disk, { state: 'damaged' }>, logDirectory: string): Disk {
  // Kafka does not start on it: a metadata log does not move to another directory by itself.
  if (existsSync(join(logDirectory, METADATA_LOG))) {
    return {
      state: 'damaged',
      how: `its data directory holds ${METADATA_LOG}, so it was formed without metadataStorage`,
    };
  }
  const data = readDisk(logDirectory);
  if (data.state === 'damaged') return { state: 'damaged', how: `its data directory: ${data.how}` };
  if (data.state === 'empty') return metadata;
  const identity = { clusterId: data.clusterId, nodeId: data.nodeId };
  // A format writes one directory after the other, and may be cut off between them.
  if (metadata.state === 'empty') return isUsed(logDirectory) ? { state: 'empty', data: identity } : metadata;
  if (metadata.clusterId === data.clusterId && metadata.nodeId === data.nodeId) return metadata;
  return {
    state: 'damaged',
    how: `its data belongs to node ${data.nodeId} of cluster '${data.clusterId}', its metadata to node ${metadata.nodeId} of cluster '${metadata.clusterId}'`,
  };
}

/** Whether a broker has run on a data directory. */
const isUsed = (logDirectory: string): boolean => !readdirSync(logDirectory).every(isLeftByFormat);
