import type { KafkaConnection } from '../../src/protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { isLossless, checkLedger, type Verdict } from '../../src/smoke/checker';
import { RunReader, endOffsets, readRun, type Positions } from '../../src/smoke/reader';
import { PartitionWriter, type Acks } from '../../src/smoke/writer';

interface SoakProps {
  /** Connection to the cluster. */
  readonly connection: KafkaConnection;
  readonly kafka: Kafka;
  readonly topic: string;
  readonly run: string;
  readonly acks: Acks;
  /** Number of records in each send to a partition. */
  readonly recordsPerSend: number;
  /** Pause between two sends to a partition, in milliseconds. */
  readonly pauseMs: number;
}

/** The result of a soak, in the form of its JSON. */
export interface SoakVerdict {
  /** True if no acknowledged record is missing, misplaced or out of order, and no unexpected record exists. */
  readonly ok: boolean;
  readonly run: string;
  readonly durationMs: number;
  /** The longest time that a partition's writer waited for an acknowledgement, including all attempts. */
  readonly longestStallMs: number;
  /** Start of the longest wait, in milliseconds since 1970. */
  readonly longestStallAt: number;
  /** Result of an independent reader after the run. */
  readonly verdict: Verdict;
  /** Result of the reader that ran during the whole time. */
  readonly live: Verdict;
  /** Number of failed sends, by Kafka's name of the error. */
  readonly errors: Readonly<Record<string, number>>;
}

/**
 * Writes to every partition of a topic and reads in parallel until it is stopped, then compares the ledger with the
 * log. It keeps running through faults, which others cause.
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

  /** Number of acknowledged records. */
  get acked(): number {
    return this.writers.reduce((sum, writer) => sum + writer.acked, 0);
  }

  /** Stops writing, reads all records and checks. The cluster must have recovered. */
  async stop(): Promise<SoakVerdict> {
    this.isStopping = true;
    await this.work;
    const durationMs = Date.now() - this.started;
    const { connection, kafka, topic, run } = this.props;
    const ledger = this.writers.flatMap((writer) => writer.ledger);
    try {
      await this.reader.reached(await endOffsets(kafka, topic));
    } finally {
      await this.reader.close();
    }
    const live = checkLedger(ledger, this.reader.seen);
    const verdict = checkLedger(ledger, await readRun({ connection, topic, run, from: this.from }));
    return {
      ok: isLossless(verdict) && isLossless(live),
      run,
      durationMs,
      longestStallMs: this.longest.ms,
      longestStallAt: this.longest.at,
      verdict,
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
