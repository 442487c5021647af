import type { KafkaConnection } from '../protocol/connection';
import type { Kafka } from 'kafkajs';
import type { Component, Scrape } from '../components/component';
import type { Outcome } from '../components/outcome';
import type { Subject } from '../avro/subject';
import { SMOKE_TOPIC } from './topic';
import type { RunId } from './ledger';

/** Starts and stops brokers, if the target allows it; required by fault checks. */
export interface BrokerControl {
  stopBroker(nodeId: number): Promise<void>;
  startBroker(nodeId: number): Promise<void>;
}

/**
 * URLs of services other than the brokers, by component name, including base paths. Missing services are not checked.
 */
export type Services = Readonly<Record<string, string>>;

/** The input of a check. */
export interface SmokeTarget<Config> {
  readonly config: Config;
  readonly connection: KafkaConnection;
  readonly kafka: Kafka;
  readonly run: RunId;
  /** Time within which a newly started or recovered cluster may settle, in milliseconds. */
  readonly settleMs: number;
  readonly control?: BrokerControl;
  readonly services: Services;
  /** Components of the configuration. */
  readonly components: readonly Component[];
  /** Jobs that Prometheus must scrape. */
  readonly scrapes: readonly Scrape[];
  /** Names of components that are replaced by a stand-in without metrics. */
  readonly standIns: () => Promise<readonly string[]>;
  /** The subjects of the schema catalogue. */
  readonly subjects: readonly Subject[];
}

/** A check of one property of the platform. A thrown error is a failure. */
export interface Check<Config = unknown> {
  readonly name: string;
  run(target: SmokeTarget<Config>, note: (detail: string) => void): Promise<Outcome>;
}

/** Reason for skipping a check that writes records. */
export const withoutSmokeTopic = `the configuration has no topic ${SMOKE_TOPIC}, which this check needs`;
