import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VOTERS_FILE } from '../components/kafka-cluster/formation/format-arguments';
import { isFormatted, readDisk } from '../components/kafka-cluster/formation/disk';
import { metadataDirectory, readDisks, type Directories } from '../components/kafka-cluster/formation/node-disks';
import { METADATA_DIRECTORY } from '../components/kafka-cluster/local-layout';
import { UserError } from '../validation/user-error';

interface Identity {
  readonly clusterId: string;
  readonly nodeId: number;
  /** Ids of all controllers, in order, separated by commas. */
  readonly voters: string;
}

/**
 * Checks that the directories of a node are empty, or formatted for this cluster and node.
 * @throws {UserError} when one belongs to another cluster or node, to a quorum of other controllers or a static one, or is damaged
 */
export function checkVolume(directories: Directories, identity: Identity): void {
  const { logDirectory } = directories;
  const place = metadataDirectory(directories);
  checkPlace(directories);
  const disk = readDisks(directories);
  if (disk.state === 'damaged') {
    throw new UserError(
      `${readDisk(place).state === 'damaged' ? place : logDirectory} is damaged: ${disk.how}. Nothing was started.`,
      'restore it, or delete the state directory with its data',
    );
  }
  for (const directory of new Set([place, logDirectory])) checkIdentity(directory, identity);
  if (disk.state === 'empty') return;
  if (disk.state === 'static') {
    throw new UserError(
      `The quorum of ${place} is static: a release before 0.2 formed it. Nothing was started.`,
      'set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
  const { voters } = identity;
  const file = votersFile(directories);
  const formedWith = existsSync(file) ? readFileSync(file, 'utf8').trim() : voters;
  if (formedWith !== voters) {
    throw new UserError(
      `The quorum of ${place} was formed with controllers ${formedWith}, and the configuration has ${voters}: controllers are not added or removed in place. Nothing was started.`,
      'restore brokers.nodePools, set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
}

/** Without the directory that has its log, a controller would start as one that knows nothing. */
function checkPlace({ logDirectory, metadataLogDirectory }: Directories): void {
  const before = join(dirname(logDirectory), METADATA_DIRECTORY);
  if (metadataLogDirectory !== undefined || !isFormatted(before)) return;
  throw new UserError(
    `${before} has the metadata log of the node, and brokers.nodePools has no metadataStorage any more. Nothing was started.`,
    'restore metadataStorage, or delete the state directory with its data',
  );
}

function checkIdentity(directory: string, { clusterId, nodeId }: Identity): void {
  const disk = readDisk(directory);
  if (disk.state === 'empty' || disk.state === 'damaged') return;
  if (disk.clusterId !== clusterId) {
    throw new UserError(
      `${directory} belongs to cluster '${disk.clusterId}', and the configuration says '${clusterId}'. Nothing was started.`,
      'restore brokers.clusterId, set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
  if (disk.nodeId !== nodeId) {
    throw new UserError(
      `${directory} belongs to node '${disk.nodeId}', not to node '${nodeId}'. Nothing was started.`,
      'move the directories of the brokers back to where they were, or delete the state directory with its data',
    );
  }
}

/** Records the controllers that a quorum was formed with. */
export const noteVoters = (directories: Directories, voters: string): void =>
  writeFileSync(votersFile(directories), `${voters}\n`);

const votersFile = (directories: Directories): string => join(dirname(metadataDirectory(directories)), VOTERS_FILE);
