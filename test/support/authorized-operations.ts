import { OPERATIONS, type Operation } from '../../src/protocol/acl-codes';
import type { ServerConnection } from '../../src/protocol/connection';
import type { Decoder } from '../../src/protocol/protocol';
import { askServer, type Request } from '../../src/protocol/request';

/** What the authorizer of a broker says to a user about itself. */
export type Authorized = readonly Operation[];

const operationsOf = (bits: number): Authorized =>
  (Object.keys(OPERATIONS) as Operation[]).filter(
    (operation) => bits >= 0 && (bits & (1 << OPERATIONS[operation])) !== 0,
  );

/** Operations on a topic; none for one that the user may not even describe. */
export async function onTopic(server: ServerConnection, topic: string): Promise<Authorized> {
  const request: Request<number> = {
    apiKey: 3,
    version: 12,
    encode: (body) => {
      body.array([topic], (name) => void body.uuid('AAAAAAAAAAAAAAAAAAAAAA').string(name).noTags());
      body.boolean(false).boolean(true).noTags();
    },
    decode: (body) => {
      body.int32();
      skipBrokers(body);
      body.nullableString();
      body.int32();
      return body.array(() => topicBits(body))[0] ?? 0;
    },
  };
  return operationsOf(await askServer(server, request));
}

function skipBrokers(body: Decoder): void {
  body.array(() => {
    body.int32();
    body.string();
    body.int32();
    body.nullableString();
    body.skipTags();
  });
}

function topicBits(body: Decoder): number {
  body.int16();
  body.nullableString();
  body.uuid();
  body.boolean();
  body.array(() => {
    body.int16();
    body.int32();
    body.int32();
    body.int32();
    for (let list = 0; list < 3; list += 1) body.array(() => body.int32());
    body.skipTags();
  });
  const bits = body.int32();
  body.skipTags();
  return bits;
}

/** Operations on a group, which need not exist; none for one that the user may not even describe. */
export async function onGroup(server: ServerConnection, group: string): Promise<Authorized> {
  const request: Request<number> = {
    apiKey: 15,
    version: 5,
    encode: (body) =>
      void body
        .array([group], (id) => void body.string(id))
        .boolean(true)
        .noTags(),
    decode: (body) => {
      body.int32();
      return (
        body.array(() => {
          body.int16();
          for (let text = 0; text < 4; text += 1) body.string();
          body.array(() => {
            throw new Error('the group has members');
          });
          const bits = body.int32();
          body.skipTags();
          return bits;
        })[0] ?? 0
      );
    },
  };
  return operationsOf(await askServer(server, request));
}

/** Operations on the cluster. */
export async function onCluster(server: ServerConnection): Promise<Authorized> {
  const request: Request<number> = {
    apiKey: 60,
    version: 0,
    encode: (body) => void body.boolean(true).noTags(),
    decode: (body) => {
      body.int32();
      body.int16();
      body.nullableString();
      body.string();
      body.int32();
      skipBrokers(body);
      return body.int32();
    },
  };
  return operationsOf(await askServer(server, request));
}

/** Whether a user may describe a transactional id, and begin a transaction with it. */
export async function onTransactionalId(server: ServerConnection, id: string): Promise<Authorized> {
  const begin: Request<number> = {
    apiKey: 22,
    version: 4,
    encode: (body) => void body.string(id).int32(10_000).int64(-1n).int16(-1).noTags(),
    decode: (body) => {
      body.int32();
      return body.int16();
    },
  };
  const describe: Request<number> = {
    apiKey: 65,
    version: 0,
    encode: (body) => void body.array([id], (one) => void body.string(one)).noTags(),
    decode: (body) => {
      body.int32();
      return body.array(() => body.int16())[0] ?? 0;
    },
  };
  const allowed: Operation[] = [];
  if ((await askServer(server, describe)) !== TRANSACTIONAL_ID_AUTHORIZATION_FAILED) allowed.push('Describe');
  if ((await askServer(server, begin)) !== TRANSACTIONAL_ID_AUTHORIZATION_FAILED) allowed.push('Write');
  return allowed;
}

const TRANSACTIONAL_ID_AUTHORIZATION_FAILED = 53;
