import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VOTERS_FILE } from '../components/kafka-cluster/formation/format-arguments';
import { readDisk } from '../components/kafka-cluster/formation/disk';
import { UserError } from '../validation/user-error';

interface Identity {
  readonly clusterId: string;
  readonly nodeId: number;
  /** Ids of all controllers, in order, separated by commas. */
  readonly voters: string;
}

/**
 * Checks that a log directory is empty, or formatted for this cluster and node.
 * @throws {UserError} when it belongs to another cluster or node, to a quorum of other controllers or a static one, or is damaged
 */
export function checkVolume(logDirectory: string, { clusterId, nodeId, voters }: Identity): void {
  const disk = readDisk(logDirectory);
  if (disk.state === 'empty') return;
  if (disk.state === 'damaged') {
    throw new UserError(
      `${logDirectory} is damaged: ${disk.how}. Nothing was started.`,
      'restore it, or delete the state directory with its data',
    );
  }
  if (disk.clusterId !== clusterId) {
    throw new UserError(
      `${logDirectory} belongs to cluster '${disk.clusterId}', and the configuration says '${clusterId}'. Nothing was started.`,
      'restore brokers.clusterId, set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
  if (disk.nodeId !== nodeId) {
    throw new UserError(
      `${logDirectory} belongs to node '${disk.nodeId}', not to node '${nodeId}'. Nothing was started.`,
      'move the directories of the brokers back to where they were, or delete the state directory with its data',
    );
  }
  if (disk.state === 'static') {
    throw new UserError(
      `The quorum of ${logDirectory} is static: a release before 0.2 formed it. Nothing was started.`,
      'set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
  const file = votersFile(logDirectory);
  const formedWith = existsSync(file) ? readFileSync(file, 'utf8').trim() : voters;
  if (formedWith !== voters) {
    throw new UserError(
      `The quorum of ${logDirectory} was formed with controllers ${formedWith}, and the configuration has ${voters}: controllers are not added or removed in place. Nothing was started.`,
      'restore brokers.nodePools, set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
}

/** Records the controllers that a quorum was formed with. */
export const noteVoters = (logDirectory: string, voters: string): void =>
  writeFileSync(votersFile(logDirectory), `${voters}\n`);

const votersFile = (logDirectory: string): string => join(dirname(logDirectory), VOTERS_FILE);
