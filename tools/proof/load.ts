import { setTimeout as delay } from 'node:timers/promises';
import { partitionOf } from '../../src/client/producer/partitioner';
import { encodeRecord, type LedgerEntry } from '../../src/smoke/ledger';
import type { Sender } from './sender';

const KEYS = 50;
const OUTCOMES = { delivered: 'acked', failed: 'refused', unknown: 'unknown' } as const;

/** A number that records of the same key share. */
export const keyNumber = (sequence: number): number => sequence % KEYS;

interface LoadProps {
  readonly sender: Sender;
  readonly run: string;
  readonly partitions: number;
  /** Number of records sent without waiting. */
  readonly burst: number;
  /** Pause between two bursts. */
  readonly pauseMs: number;
}

/**
 * Sends records continuously and notes the outcomes. Sequence numbers increase over all keys, and therefore within each
 * key and partition.
 */
export class Load {
  readonly ledger: LedgerEntry[] = [];
  private readonly open = new Set<Promise<void>>();
  private sequence = 0;
  private isStopping = false;
  private readonly work: Promise<void>;

  constructor(private readonly props: LoadProps) {
    this.work = this.goOn();
  }

  /** Stops sending. Resolves when every record has its outcome. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.work;
    await this.props.sender.close();
    await Promise.all(this.open);
  }

  private async goOn(): Promise<void> {
    const { sender, burst, pauseMs } = this.props;
    while (!this.isStopping) {
      for (let count = 0; count < burst; count++) this.send();
      await sender.room();
      await delay(pauseMs);
    }
  }

  private send(): void {
    const { sender, run, partitions } = this.props;
    const sequence = this.sequence++;
    const key = `${run}-${keyNumber(sequence)}`;
    const partition = partitionOf(Buffer.from(key), partitions);
    const told = sender.send({ key, partition, value: encodeRecord(run, sequence) }).then((delivery) => {
      const outcome = OUTCOMES[delivery.outcome];
      const at = delivery.outcome === 'delivered' ? { offset: delivery.offset } : {};
      this.ledger.push({ partition, sequence, outcome, ...at });
      this.open.delete(told);
    });
    this.open.add(told);
  }
}
