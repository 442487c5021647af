import { connect, type Socket } from 'node:net';
import { UserError } from '../console/user-error';
import { Decoder, Encoder } from './protocol';

const CLIENT_ID = 'kafka-platform';
const CORRELATION_ID = 1;
const SIZE_BYTES = 4;

/** Milliseconds without a byte, while connecting or while waiting for the answer. */
const TIMEOUT_MS = 30_000;

/** One request of a flexible version, and how to read its answer. */
export interface Request<T> {
  readonly apiKey: number;
  readonly version: number;
  readonly encode: (body: Encoder) => void;
  readonly decode: (body: Decoder) => T;
}

/**
 * Asks the first bootstrap server that answers. Brokers pass on what only the controller can answer.
 * @throws {UserError} when none answers, with what each of them did instead
 * @throws {KafkaError} when one refuses
 */
export async function ask<T>(bootstrap: readonly string[], request: Request<T>): Promise<T> {
  const failures: string[] = [];
  for (const server of bootstrap) {
    try {
      return await askServer(server, request);
    } catch (error) {
      if (error instanceof KafkaError) throw error;
      failures.push(`${server}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new UserError(
    `No broker answers (${failures.join('; ')}).`,
    'start the platform (npm start), or name another with --bootstrap',
  );
}

/**
 * Asks this one server.
 * @param timeoutMs without a byte from it; @default 30 s
 */
export async function askServer<T>(server: string, request: Request<T>, timeoutMs = TIMEOUT_MS): Promise<T> {
  return request.decode(await exchange(server, request, timeoutMs));
}

/** An answer in which a broker refuses. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';

  constructor(
    /** Kafka's number of the error. */
    readonly code: number,
    message?: string | null,
  ) {
    super(message ?? `Kafka's error code ${code}`);
  }
}

/** @throws {KafkaError} unless the code is 0 */
export function requireOk(code: number, message?: string | null): void {
  if (code !== 0) throw new KafkaError(code, message);
}

function exchange<T>(server: string, { apiKey, version, encode }: Request<T>, timeoutMs: number): Promise<Decoder> {
  const request = new Encoder().int16(apiKey).int16(version).int32(CORRELATION_ID).oldString(CLIENT_ID).noTags();
  encode(request);
  const colon = server.lastIndexOf(':');
  return new Promise((done, fail) => {
    const socket = connect({ host: server.slice(0, colon), port: Number(server.slice(colon + 1)) });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)));
    socket.once('connect', () => socket.write(request.framed()));
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('the connection was closed before the answer')));
    collect(socket, (answer) => {
      socket.destroy();
      const decoder = new Decoder(answer);
      decoder.int32();
      decoder.skipTags();
      done(decoder);
    });
  });
}

function collect(socket: Socket, complete: (answer: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let received = 0;
  let size = Infinity;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    if (received < SIZE_BYTES) return;
    if (size === Infinity) size = SIZE_BYTES + Buffer.concat(chunks).readInt32BE(0);
    if (received >= size) complete(Buffer.concat(chunks).subarray(SIZE_BYTES, size));
  });
}
