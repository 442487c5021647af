import { createHash } from 'node:crypto';

/** A Kafka `Uuid` has 16 bytes. */
const UUID_BYTES = 16;

/**
 * `directory.id` of a controller's metadata directory when the quorum is formed. It is derived, so that every controller
 * knows the ids of all others without asking them; a disk that is formatted later has a random one (KIP-853).
 * @returns 22 characters of base64url, as Kafka writes a `Uuid`
 */
export const initialDirectoryId = (clusterId: string, nodeId: number): string =>
  createHash('sha256').update(`${clusterId}/${nodeId}`).digest().subarray(0, UUID_BYTES).toString('base64url');
