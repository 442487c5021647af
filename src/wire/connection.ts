import { createConnection, type Socket } from 'node:net';
import { UserError } from '../console/user-error';
import { frameReader } from './frames';
import { Decoder, Encoder } from './protocol';

const CLIENT_ID = 'kafka-platform';
const CONNECT_MS = 3_000;

/** Longer than {@link BROKER_MS}, so that a broker's own word on what took so long arrives. */
const REQUEST_MS = 40_000;

/** How long a broker may work on a request that changes something. */
export const BROKER_MS = 30_000;

/** One request of Kafka's protocol in one flexible version. */
export interface Api<Request, Response> {
  readonly name: string;
  readonly key: number;
  readonly version: number;
  readonly encode: (encoder: Encoder, request: Request) => Encoder;
  readonly decode: (decoder: Decoder) => Response;
}

/** A connection to one broker. */
export interface Connection {
  readonly server: string;
  send<Request, Response>(api: Api<Request, Response>, request: Request): Promise<Response>;
  close(): void;
}

interface Pending {
  readonly resolve: (answer: Decoder) => void;
  readonly reject: (error: Error) => void;
}

/** Connects to `host:port`. @throws {Error} with the reason when nothing accepts within 3 s */
export async function connect(server: string): Promise<Connection> {
  const socket = await open(server);
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let broken: Error | undefined;

  const fail = (reason: string): void => {
    broken ??= new UserError(
      `The connection to broker ${server} ended: ${reason}.`,
      'see the log of the broker, then run again: what is done already is not done twice',
    );
    for (const { reject } of pending.values()) reject(broken);
    pending.clear();
    socket.destroy();
  };
  socket.on('error', ({ message }) => fail(message));
  socket.on('close', () => fail('the broker closed it (brokers also do so when they do not speak an API’s version)'));
  socket.on(
    'data',
    frameReader((frame) => {
      const id = frame.int32();
      pending.get(id)?.resolve(frame);
      pending.delete(id);
    }),
  );

  return {
    server,
    async send(api, request) {
      const id = (lastId += 1);
      const timer = setTimeout(() => fail(`no answer to ${api.name} within ${REQUEST_MS / 1_000} s`), REQUEST_MS);
      try {
        const answer = await new Promise<Decoder>((resolve, reject) => {
          if (broken !== undefined) {
            reject(broken);
            return;
          }
          pending.set(id, { resolve, reject });
          socket.write(message(api, request, id));
        });
        return api.decode(answer.tags());
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new Error(`the answer of ${server} to ${api.name} version ${api.version} is no such answer`, {
          cause: error,
        });
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => void socket.destroy(),
  };
}

function message<Request>(api: Api<Request, unknown>, request: Request, id: number): Buffer {
  const header = new Encoder().int16(api.key).int16(api.version).int32(id).fixedString(CLIENT_ID).noTags().toBuffer();
  const body = api.encode(new Encoder(), request).toBuffer();
  return Buffer.concat([new Encoder().int32(header.length + body.length).toBuffer(), header, body]);
}

function open(server: string): Promise<Socket> {
  const { host, port } = address(server);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(new Error(`nothing within ${CONNECT_MS / 1_000} s`)), CONNECT_MS);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function address(server: string): { readonly host: string; readonly port: number } {
  const colon = server.lastIndexOf(':');
  const port = Number(server.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UserError(`'${server}' is no server; allowed: host:port.`, 'name one such as 127.0.0.1:9092');
  }
  return { host: server.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port };
}
