import { connectionTo } from './connection-to';
import type { KafkaConnection } from '../../src/protocol/connection';
import type { Decoder } from '../../src/protocol/protocol';
import { ask, KafkaError, requireOk, type Request } from '../../src/protocol/request';

const NOT_COORDINATOR = 16;
const REBALANCE_TIMEOUT_MS = 60_000;

interface ModernMember {
  readonly group: string;
  readonly member: string;
  readonly topic: string;
}

/**
 * Joins a group of type `consumer` (KIP-848), which kafkajs does not support, and commits an offset of its partition 0.
 */
export async function commitAsModernMember(connection: KafkaConnection, who: ModernMember, offset: number) {
  const epoch = await askCoordinator(connection, heartbeat(who));
  await askCoordinator(connection, offsetCommit(who, epoch, offset));
}

/**
 * Asks each broker until one is the coordinator of the group. @throws {KafkaError} if the coordinator rejects the
 * request
 */
export async function askCoordinator<T>(connection: KafkaConnection, request: Request<T>): Promise<T> {
  for (const server of connection.bootstrapServers) {
    try {
      return await ask(connectionTo(server), request);
    } catch (error) {
      if (!(error instanceof KafkaError && error.code === NOT_COORDINATOR)) throw error;
    }
  }
  throw new Error('no broker coordinates the group');
}

/** ConsumerGroupHeartbeat v1 of a joining member. @returns its epoch */
const heartbeat = ({ group, member, topic }: ModernMember): Request<number> => ({
  apiKey: 68,
  version: 1,
  encode: (body) => {
    const owned: readonly string[] = [];
    body.string(group).string(member).int32(0).string(null).string(null).int32(REBALANCE_TIMEOUT_MS);
    body
      .array([topic], (name) => void body.string(name))
      .string(null)
      .string(null);
    body.array(owned, (name) => void body.string(name)).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
    body.nullableString();
    return body.int32();
  },
});

/** OffsetCommit v9, the first version for such members. */
const offsetCommit = ({ group, member, topic }: ModernMember, epoch: number, offset: number): Request<void> => ({
  apiKey: 8,
  version: 9,
  encode: (body) => {
    body.string(group).int32(epoch).string(member).string(null);
    body.array([topic], (name) => {
      body.string(name);
      body.array([offset], (value) => void body.int32(0).int32(0).int32(value).int32(-1).string(null).noTags());
      body.noTags();
    });
    body.noTags();
  },
  decode: takenCommit,
});

/** The response to an OffsetCommit v8 or newer. @throws {KafkaError} for the first rejected partition */
export function takenCommit(body: Decoder): void {
  body.int32();
  body.array(() => {
    body.string();
    body.array(() => {
      body.int32();
      requireOk(body.int16());
      body.skipTags();
    });
    body.skipTags();
  });
}
