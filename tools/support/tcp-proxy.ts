import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LOOPBACK } from '../../src/components/kafka-cluster/local-layout';
import { advertise, type Asked } from '../proof/advertised';
import { Frames } from '../proof/frames';

/** Kafka's API keys of the requests whose responses can be dropped. */
const API_KEYS = { produce: 0, offsetCommit: 8, addOffsetsToTxn: 25, endTxn: 26, txnOffsetCommit: 28 } as const;

/** Positions in a request, after the size: API key, API version and correlation id. */
const REQUEST = { apiKey: 4, version: 6, correlation: 8 };
const ANSWER_CORRELATION = 4;

export type Droppable = keyof typeof API_KEYS;

/**
 * A proxy between clients and one broker. Clients keep using it, because advertised addresses are replaced by those of
 * the proxies.
 */
export class TcpProxy {
  /** Delay of responses in milliseconds. */
  delayMs = 0;
  /** Whether new connections are rejected. */
  isRefusing = false;
  /** Number of dropped responses. */
  dropped = 0;
  private readonly toDrop = new Map<number, number>();
  private readonly pairs = new Set<readonly [Socket, Socket]>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
    private readonly advertised: ReadonlyMap<number, number>,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  /**
   * @param target port of the broker
   * @param advertised ports of the brokers and of their proxies; completed as proxies are started
   */
  static async start(target: number, advertised: ReadonlyMap<number, number>): Promise<TcpProxy> {
    const server = createServer().listen(0, LOOPBACK);
    await once(server, 'listening');
    return new TcpProxy(server, target, advertised);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The broker executes the next requests of this kind, but its responses and the connections are lost. */
  dropAnswers(to: Droppable, count: number): void {
    this.toDrop.set(API_KEYS[to], (this.toDrop.get(API_KEYS[to]) ?? 0) + count);
  }

  cutAll(): void {
    for (const [client, broker] of this.pairs) {
      client.destroy();
      broker.destroy();
    }
  }

  /** Ends all faults of the proxy. */
  heal(): void {
    this.delayMs = 0;
    this.isRefusing = false;
    this.toDrop.clear();
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((closed) => this.server.close(closed));
  }

  private join(client: Socket): void {
    if (this.isRefusing) {
      client.destroy();
      return;
    }
    const broker = connect({ host: LOOPBACK, port: this.target, noDelay: true });
    client.setNoDelay(true);
    const pair = [client, broker] as const;
    this.pairs.add(pair);
    const asked = new Map<number, Asked>();
    const requests = new Frames();
    const answers = new Frames();
    let last: Promise<unknown> = Promise.resolve();
    client.on('data', (chunk: Buffer) => {
      for (const request of requests.take(chunk)) note(request, asked);
      broker.write(chunk);
    });
    broker.on('data', (chunk: Buffer) => {
      for (const answer of answers.take(chunk)) {
        const to = asked.get(answer.readInt32BE(ANSWER_CORRELATION));
        asked.delete(answer.readInt32BE(ANSWER_CORRELATION));
        if (to !== undefined && this.drops(to)) {
          client.destroy();
          broker.destroy();
          return;
        }
        if (to !== undefined) advertise(answer, to, this.advertised);
        // Responses are sent in order: a response without delay must not overtake a delayed one.
        last = last.then(() => (this.delayMs > 0 ? delay(this.delayMs) : undefined)).then(() => client.write(answer));
      }
    });
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        broker.destroy();
        this.pairs.delete(pair);
      });
    }
  }

  private drops({ apiKey }: Asked): boolean {
    const left = this.toDrop.get(apiKey) ?? 0;
    if (left === 0) return false;
    this.toDrop.set(apiKey, left - 1);
    this.dropped += 1;
    return true;
  }
}

function note(request: Buffer, asked: Map<number, Asked>): void {
  asked.set(request.readInt32BE(REQUEST.correlation), {
    apiKey: request.readInt16BE(REQUEST.apiKey),
    version: request.readInt16BE(REQUEST.version),
  });
}
