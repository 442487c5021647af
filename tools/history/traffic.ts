import type { KafkaConnection } from '../../src/protocol/connection';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import type { Dice } from '../support/dice';
import type { History } from './history';
import { drawKind, drawSize, headersOf, type Kind } from './record-kinds';
import { source } from './topics';

const PAUSE_MS = 40;
const KEYS = 50;
const CLOSE_MS = 30_000;

interface TrafficProps {
  readonly connection: KafkaConnection;
  readonly history: History;
  readonly dice: Dice;
}

/** Sends records of every kind one after the other, and notes which were acknowledged. */
export class Traffic {
  /** Encodes the value of an order; sometimes with another writer's schema. */
  encode: (id: number) => Buffer;
  private readonly producer: EventProducer;
  private isStopping = false;
  private gate: Promise<void> = Promise.resolve();
  private open: () => void = () => undefined;
  private readonly work: Promise<void>;

  constructor(
    private readonly props: TrafficProps,
    encode: (id: number) => Buffer,
  ) {
    this.encode = encode;
    this.producer = new EventProducer({ connection: props.connection });
    this.work = this.goOn();
  }

  /** Resolves when every record has its outcome. Nothing is sent until `resume`. */
  async pause(): Promise<void> {
    this.gate = new Promise((open) => (this.open = open));
    await this.producer.flush();
  }

  resume(): void {
    this.open();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.open();
    await this.work;
    await this.producer.close(CLOSE_MS);
  }

  private async goOn(): Promise<void> {
    while (!this.isStopping) {
      await this.gate;
      this.send();
      await this.producer.room();
      await delay(PAUSE_MS);
    }
  }

  private send(): void {
    const { history, dice } = this.props;
    const [id, kind] = [history.nextId(), drawKind(dice)];
    const { incarnation } = history;
    history.sent.add(id);
    const value = this.valueOf(id, kind);
    const record = { key: `key-${id % KEYS}`, value, headers: headersOf(id, kind) };
    void this.producer.send(source.name, record).then((delivery) => {
      if (delivery.outcome !== 'delivered') return;
      history.acknowledged.push({ id, incarnation, partition: delivery.partition, offset: delivery.offset });
    });
  }

  private valueOf(id: number, kind: Kind) {
    if (kind === 'tombstone') return null;
    return alreadyEncoded<'orders'>(kind === 'sized' ? noAvro(drawSize(this.props.dice)) : this.encode(id));
  }
}

/** Bytes that cannot be compressed and do not start like the wire format. */
function noAvro(size: number): Buffer {
  const bytes = randomBytes(size);
  if (size > 0) bytes[0] = 1;
  return bytes;
}
