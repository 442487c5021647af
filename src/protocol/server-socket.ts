import type { Socket } from 'node:net';
import type { ServerConnection } from './connection';
import { isResponseSize, SIZE_BYTES } from './frame';
import { openSocket } from './open-socket';
import { parseServerAddress } from './server-address';
import { tlsFailure } from './tls-failure';

interface Waiting {
  readonly done: (answer: Buffer) => void;
  readonly fail: (error: Error) => void;
}

/** A connection to one server, for requests one after the other. */
export class ServerSocket {
  private chunks: Buffer[] = [];
  private received = 0;
  private size: number | undefined;
  private waiting: Waiting | undefined;
  private failure: Error | undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.collect(chunk));
    socket.once('error', (error) => this.end(tlsFailure(error)));
    socket.once('close', () => this.end(new Error('the connection was closed before the response')));
  }

  /**
   * Connects, and encrypts where the connection says so.
   * @param timeoutMs time without data after which the connection fails
   */
  static async open({ server, route, tls }: ServerConnection, timeoutMs: number): Promise<ServerSocket> {
    const named = requireAddress(server);
    const dialled = route === undefined ? named : requireAddress(await route(server));
    return new Promise((done, fail) => {
      const socket = openSocket({ ...dialled, name: named.host }, tls, () => {
        connection.waiting = undefined;
        done(connection);
      });
      socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)));
      const connection = new ServerSocket(socket);
      connection.waiting = { done: () => undefined, fail };
    });
  }

  /** Sends a request with its size in front. @returns the response without its size */
  send(request: Buffer): Promise<Buffer> {
    return new Promise((done, fail) => {
      if (this.failure !== undefined) {
        fail(this.failure);
        return;
      }
      this.waiting = { done, fail };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private collect(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (this.received < SIZE_BYTES) return;
    this.size ??= Buffer.concat(this.chunks).readInt32BE(0);
    if (!isResponseSize(this.size))
      this.socket.destroy(new Error('the server is not a Kafka broker, or one that expects TLS'));
    else if (this.received >= SIZE_BYTES + this.size) this.complete(Buffer.concat(this.chunks), SIZE_BYTES + this.size);
  }

  private complete(received: Buffer, end: number): void {
    const { waiting } = this;
    this.waiting = undefined;
    this.chunks = [];
    this.received = 0;
    this.size = undefined;
    waiting?.done(received.subarray(SIZE_BYTES, end));
  }

  private end(error: Error): void {
    this.failure ??= error;
    this.waiting?.fail(this.failure);
  }
}

function requireAddress(server: string): { readonly host: string; readonly port: number } {
  const address = parseServerAddress(server);
  if (address === undefined) throw new Error(`'${server}' is not of the form host:port`);
  return address;
}
