import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { initialDirectoryId } from './directory-id';
import { messageOf } from '../../../validation/message-of';

/** What a node's disk is to the quorum. */
export const diskSchema = z.discriminatedUnion('state', [
  /** Nothing is on it, or a format that was cut off. `data`: whose data is on another volume of the node. */
  z.object({
    state: z.literal('empty'),
    data: z.object({ clusterId: z.string(), nodeId: z.number() }).optional(),
  }),
  /** Formatted as that of a first voter; its node has taken part in no election yet. */
  z.object({ state: z.literal('fresh'), clusterId: z.string(), nodeId: z.number() }),
  /** Formatted, and possibly with records that the quorum has committed. */
  z.object({ state: z.literal('formed'), clusterId: z.string(), nodeId: z.number() }),
  /** Of a static quorum (`kraft.version` 0), as releases before 0.2 formed it. */
  z.object({ state: z.literal('static'), clusterId: z.string(), nodeId: z.number() }),
  /** Files without an identity, or something that cannot be read. */
  z.object({ state: z.literal('damaged'), how: z.string() }),
]);

export type Disk = z.output<typeof diskSchema>;

const META_PROPERTIES = 'meta.properties';
/** Directory of the metadata log, in the log directory or in that of the metadata. */
export const METADATA_LOG = '__cluster_metadata-0';
const QUORUM_STATE = join(METADATA_LOG, 'quorum-state');

/** What `kafka-storage.sh format` writes before `meta.properties`, and what a file system has in its root. */
const OF_A_CUT_OFF_FORMAT = new Set([METADATA_LOG, 'bootstrap.checkpoint', 'lost+found']);

/** Both versions of Kafka's `QuorumStateData`; only that of a static quorum names voters. */
const quorumStateSchema = z.object({
  leaderEpoch: z.number(),
  currentVoters: z.array(z.unknown()).nullish(),
});

/** Whether a file is one that a whole format leaves in the directory of a broker's data. */
export const isLeftByFormat = (name: string): boolean =>
  name === META_PROPERTIES || OF_A_CUT_OFF_FORMAT.has(name) || isTemporary(name);

export const isFormatted = (directory: string): boolean => existsSync(join(directory, META_PROPERTIES));

/** Whether a directory has any record of the metadata log, and with it the voters. A format that joins a quorum writes none. */
export function knowsVoters(directory: string): boolean {
  const log = join(directory, METADATA_LOG);
  const isRecord = (name: string): boolean =>
    name.endsWith('.checkpoint') || (name.endsWith('.log') && statSync(join(log, name)).size > 0);
  return existsSync(log) && readdirSync(log).some(isRecord);
}

/** Reads one directory of a node, which may be missing. */
export function readDisk(logDirectory: string): Disk {
  try {
    return read(logDirectory);
  } catch (error) {
    return { state: 'damaged', how: messageOf(error) };
  }
}

function read(logDirectory: string): Disk {
  if (!existsSync(logDirectory)) return { state: 'empty' };
  if (!statSync(logDirectory).isDirectory()) return { state: 'damaged', how: 'it is no directory' };
  const meta = join(logDirectory, META_PROPERTIES);
  if (!existsSync(meta)) {
    const isCutOff = readdirSync(logDirectory).every((name) => OF_A_CUT_OFF_FORMAT.has(name) || isTemporary(name));
    return isCutOff && !existsSync(join(logDirectory, QUORUM_STATE))
      ? { state: 'empty' }
      : { state: 'damaged', how: `it holds files but no ${META_PROPERTIES}` };
  }
  const properties = readFileSync(meta, 'utf8');
  const clusterId = property(properties, 'cluster.id');
  const nodeId = Number(property(properties, 'node.id'));
  if (clusterId === undefined || !Number.isInteger(nodeId)) {
    return { state: 'damaged', how: `its ${META_PROPERTIES} names no cluster.id or node.id` };
  }
  const identity = { clusterId, nodeId };
  const quorum = quorumState(logDirectory);
  if ((quorum?.currentVoters?.length ?? 0) > 0) return { state: 'static', ...identity };
  const isInitial = property(properties, 'directory.id') === initialDirectoryId(clusterId, nodeId);
  return { state: isInitial && (quorum?.leaderEpoch ?? 0) === 0 ? 'fresh' : 'formed', ...identity };
}

/** Kafka replaces files by renaming a temporary one. */
const isTemporary = (name: string): boolean => name.endsWith('.tmp');

/** Absent until the node has started for the first time. */
function quorumState(logDirectory: string): z.output<typeof quorumStateSchema> | undefined {
  const file = join(logDirectory, QUORUM_STATE);
  return existsSync(file) ? quorumStateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

const property = (text: string, name: string): string | undefined =>
  new RegExp(`^${name.replaceAll('.', '\\.')}=(.+)$`, 'm').exec(text)?.[1]?.trim();
