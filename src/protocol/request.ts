import { UserError } from '../validation/user-error';
import { toServer, type KafkaConnection, type ServerConnection } from './connection';
import { requestHeader, responseBody } from './header';
import { explainKafkaError } from './kafka-errors';
import type { Decoder, Encoder } from './protocol';
import { commandLine } from '../validation/command-line';
import { authenticate } from './authenticate';
import { LoginRefused } from './login-refused';
import { ServerSocket } from './server-socket';
import { messageOf } from '../validation/message-of';

/** Milliseconds without data, while connecting or waiting for the response. */
const TIMEOUT_MS = 30_000;

/** A request of a flexible version, and the decoder of its response. */
export interface Request<T> {
  readonly apiKey: number;
  readonly version: number;
  readonly encode: (body: Encoder) => void;
  readonly decode: (body: Decoder) => T;
  /** Whether the header of the response has tagged fields, as that of every flexible version but those of ApiVersions. @default true */
  readonly hasHeaderTags?: boolean;
}

/** Time limits of a request. */
export interface Timing {
  /** Milliseconds without data from the server. @default 30 s */
  readonly timeoutMs?: number;
}

/**
 * Sends a request to the first bootstrap server that answers. Brokers forward requests that only the controller can
 * answer.
 * @throws {UserError} if no server answers, with the error of each
 * @throws {KafkaError} if the server rejects the request
 * @throws {LoginRefused} if the server does not let the user in
 */
export async function ask<T>(connection: KafkaConnection, request: Request<T>, timing?: Timing): Promise<T> {
  const failures: string[] = [];
  for (const server of connection.bootstrapServers) {
    try {
      return await askServer(toServer(connection, server), request, timing);
    } catch (error) {
      if (error instanceof KafkaError || error instanceof LoginRefused) throw error;
      failures.push(`${server}: ${messageOf(error)}`);
    }
  }
  throw new UserError(
    `No broker answers (${failures.join('; ')}).`,
    `start the platform (${commandLine('start')}), or name another with --bootstrap`,
  );
}

/**
 * Sends a request to all bootstrap servers in parallel and returns the first response, so that a frozen server causes
 * no delay.
 * @throws the error of the first server if none answers
 */
export const askAny = <T>(connection: KafkaConnection, request: Request<T>, timing?: Timing): Promise<T> =>
  Promise.any(
    connection.bootstrapServers.map((server) => askServer(toServer(connection, server), request, timing)),
  ).catch((error: unknown) => {
    throw (error as AggregateError).errors[0] as Error;
  });

/** Sends a request to one server. */
export async function askServer<T>(connection: ServerConnection, request: Request<T>, timing: Timing = {}): Promise<T> {
  const answer = await exchange(connection, request, timing).catch((error: unknown) => {
    // Once more with another password, where there is one.
    if (error instanceof LoginRefused && error.mayPass) return exchange(connection, request, timing);
    throw error;
  });
  try {
    return request.decode(answer);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(
      `${connection.server} does not answer as a Kafka broker does: ${error.message}.`,
      'check that the address is that of a broker with Kafka 4.3 or newer',
    );
  }
}

/** The response of a broker that rejects a request. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';

  constructor(
    /** Kafka's error code. */
    readonly code: number,
    message?: string | null,
    /** The topic, partition or group that the error is about. */
    about?: string,
  ) {
    super(`${about === undefined ? '' : `${about}: `}${explainKafkaError(code, message)}`);
  }
}

/** @throws {KafkaError} unless the code is 0 */
export function requireOk(code: number, message?: string | null, about?: string): void {
  if (code !== 0) throw new KafkaError(code, message, about);
}

/** Milliseconds to wait for a response without receiving data. */
export const timeoutOf = ({ timeoutMs = TIMEOUT_MS }: Timing): number => timeoutMs;

async function exchange<T>(connection: ServerConnection, asked: Request<T>, timing: Timing): Promise<Decoder> {
  const request = requestHeader(asked, connection.clientId).noTags();
  asked.encode(request);
  const socket = await ServerSocket.open(connection, timeoutOf(timing));
  try {
    await authenticate(socket, connection);
    const body = responseBody(await socket.send(request.framed()));
    if (asked.hasHeaderTags ?? true) body.skipTags();
    return body;
  } finally {
    socket.close();
  }
}
