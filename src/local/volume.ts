import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VOTERS_FILE } from '../components/kafka-cluster/start-script';
import { UserError } from '../validation/user-error';

interface Identity {
  readonly clusterId: string;
  readonly nodeId: number;
  /** Ids of all voters, in order, separated by commas. */
  readonly voters: string;
}

/**
 * Whether a log directory is formatted for this cluster and node.
 * @returns false if it has to be formatted first
 * @throws {UserError} if it is damaged, or belongs to another cluster or node or to a quorum of other voters
 */
export function isFormatted(logDirectory: string, { clusterId, nodeId, voters }: Identity): boolean {
  if (!existsSync(logDirectory)) return false;
  if (!statSync(logDirectory).isDirectory()) throw damaged(logDirectory, 'it is no directory');
  const meta = join(logDirectory, 'meta.properties');
  if (!existsSync(meta)) {
    if (readdirSync(logDirectory).length === 0) return false;
    throw damaged(logDirectory, 'it holds files but no meta.properties');
  }
  const properties = readFileSync(meta, 'utf8');
  const found = { cluster: property(properties, 'cluster.id'), node: property(properties, 'node.id') };
  if (found.cluster === undefined || found.node === undefined) {
    throw damaged(logDirectory, 'its meta.properties names no cluster.id or node.id');
  }
  if (found.cluster !== clusterId) {
    throw new UserError(
      `${logDirectory} belongs to cluster '${found.cluster}', and the configuration says '${clusterId}'. Nothing was started.`,
      'restore brokers.clusterId, set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
  if (found.node !== String(nodeId)) {
    throw new UserError(
      `${logDirectory} belongs to node '${found.node}', not to node '${nodeId}'. Nothing was started.`,
      'move the directories of the brokers back to where they were, or delete the state directory with its data',
    );
  }
  const formedWith = existsSync(votersFile(logDirectory))
    ? readFileSync(votersFile(logDirectory), 'utf8').trim()
    : voters;
  if (formedWith !== voters) {
    throw new UserError(
      `The quorum of ${logDirectory} was formed with voters ${formedWith}, and the configuration has ${voters}: static voters never change in place. Nothing was started.`,
      'restore brokers.nodePools, set local.stateDirectory to another place, or delete the state directory with its data',
    );
  }
  return true;
}

/** Records the voters that a quorum was formed with. */
export const noteVoters = (logDirectory: string, voters: string): void =>
  writeFileSync(votersFile(logDirectory), `${voters}\n`);

const votersFile = (logDirectory: string): string => join(dirname(logDirectory), VOTERS_FILE);

const property = (text: string, name: string): string | undefined =>
  new RegExp(`^${name.replaceAll('.', '\\.')}=(.+)$`, 'm').exec(text)?.[1]?.trim();

const damaged = (directory: string, how: string): UserError =>
  new UserError(
    `${directory} is damaged: ${how}. Nothing was started.`,
    'restore it, or delete the state directory with its data',
  );
