import type { Kafka } from 'kafkajs';
import type { Platform } from '../config/load';
import type { ScrapeTargets } from '../render/scrape-targets';
import type { Subject } from '../schemas/subject';
import type { RunId } from './ledger';

/** Power over the brokers, where the target gives it: the fault checks need it. */
export interface BrokerControl {
  stopBroker(nodeId: number): Promise<void>;
  startBroker(nodeId: number): Promise<void>;
}

/** What runs beside the brokers; a check of what is not there is skipped. */
export interface Services {
  /** Address of the schema registry, base path included. */
  readonly registry?: string;
  /** Address of Kafka UI. */
  readonly ui?: string;
  readonly prometheus?: {
    readonly url: string;
    /** What it has to scrape. */
    readonly targets: readonly ScrapeTargets[];
  };
}

/** What a check works with. */
export interface SmokeTarget {
  readonly config: Platform;
  readonly bootstrap: readonly string[];
  readonly kafka: Kafka;
  readonly run: RunId;
  /** How long a cluster that has just started, or healed, may take to come to rest, in milliseconds. */
  readonly settleMs: number;
  readonly control?: BrokerControl;
  readonly services: Services;
  /** The catalogue of schemas. */
  readonly subjects: readonly Subject[];
}

/** What a check found; `details` are for machines. */
export interface Outcome {
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly summary: string;
  readonly details?: unknown;
}

/** One promise of the platform, put to the test. What it throws is a failure. */
export interface Check {
  readonly name: string;
  run(target: SmokeTarget, note: (detail: string) => void): Promise<Outcome>;
}

export const passed = (summary: string, details?: unknown): Outcome => ({ status: 'passed', summary, details });
export const failed = (summary: string, details?: unknown): Outcome => ({ status: 'failed', summary, details });
export const skipped = (summary: string): Outcome => ({ status: 'skipped', summary });
