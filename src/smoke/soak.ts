import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import type { TopicName } from '../topics/catalogue';
import { isLossless, judge, type Judgement } from './oracle';
import { RunReader, endOffsets, readRun, type Positions } from './reader';
import { PartitionWriter, type Acks } from './writer';

interface SoakProps {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly kafka: Kafka;
  readonly topic: TopicName;
  readonly run: string;
  readonly acks: Acks;
  /** Records of one send to one partition. */
  readonly recordsPerSend: number;
  /** Rest of a partition's writer between two sends, in milliseconds. */
  readonly pauseMs: number;
}

/** What a soak found; the form of its JSON. */
export interface SoakVerdict {
  /** True when nothing acknowledged is missing, misplaced or out of order, and nothing is there that should not be. */
  readonly ok: boolean;
  readonly run: string;
  readonly durationMs: number;
  /** The longest that a partition's writer waited for an acknowledgement, all attempts together. */
  readonly longestStallMs: number;
  /** When the longest stall began, in milliseconds since 1970. */
  readonly longestStallAt: number;
  /** What an independent reader found afterwards. */
  readonly judgement: Judgement;
  /** What the reader found that ran throughout. */
  readonly live: Judgement;
  /** How often sends failed, by Kafka's name of the error. */
  readonly errors: Readonly<Record<string, number>>;
}

/**
 * Writes to every partition of a topic and reads along until it is stopped, then holds the ledger against the log.
 * Faults are somebody else's business: it runs through them.
 */
export class Soak {
  private readonly writers: readonly PartitionWriter[];
  private readonly reader: RunReader;
  private readonly errors = new Map<string, number>();
  private readonly work: Promise<void>;
  private longest = { ms: 0, at: 0 };
  private isStopping = false;

  private constructor(
    private readonly props: SoakProps,
    private readonly from: Positions,
    private readonly started = Date.now(),
  ) {
    const { kafka, topic, run, acks } = props;
    this.writers = [...from.keys()].map((partition) => new PartitionWriter({ kafka, topic, run, acks }, partition));
    this.reader = new RunReader({ kafka, topic, run, from }, 'live');
    this.work = Promise.all(this.writers.map((writer) => this.writeOn(writer))).then(() => undefined);
  }

  static async start(props: SoakProps): Promise<Soak> {
    const soak = new Soak(props, await endOffsets(props.kafka, props.topic));
    await soak.reader.open();
    return soak;
  }

  /** Records acknowledged by now. */
  get acked(): number {
    return this.writers.reduce((sum, writer) => sum + writer.acked, 0);
  }

  /** Ends writing, reads everything and judges. The cluster has to be whole again. */
  async stop(): Promise<SoakVerdict> {
    this.isStopping = true;
    await this.work;
    const durationMs = Date.now() - this.started;
    const { bootstrap, kafka, topic, run } = this.props;
    const ledger = this.writers.flatMap((writer) => writer.ledger);
    try {
      await this.reader.reached(await endOffsets(kafka, topic));
    } finally {
      await this.reader.close();
    }
    const live = judge(ledger, this.reader.seen);
    const judgement = judge(ledger, await readRun({ bootstrap, topic, run, from: this.from }));
    return {
      ok: isLossless(judgement) && isLossless(live),
      run,
      durationMs,
      longestStallMs: this.longest.ms,
      longestStallAt: this.longest.at,
      judgement,
      live,
      errors: Object.fromEntries(this.errors),
    };
  }

  private async writeOn(writer: PartitionWriter): Promise<void> {
    let waitingSince = Date.now();
    while (!this.isStopping) {
      const error = await writer.write(this.props.recordsPerSend);
      if (error === undefined) {
        const ms = Date.now() - waitingSince;
        if (ms > this.longest.ms) this.longest = { ms, at: waitingSince };
        await delay(this.props.pauseMs);
        waitingSince = Date.now();
      } else {
        this.errors.set(error, (this.errors.get(error) ?? 0) + 1);
        await delay(this.props.pauseMs);
      }
    }
    await writer.close();
  }
}
