import { poll } from '../../src/waiting/poll';
import type { KafkaConnection } from '../../src/protocol/connection';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Admin, Kafka } from 'kafkajs';
import type { Platform } from '../../src/platform/load';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { Scraper } from '../../src/components/lag-exporter/scraper';
import { lagExporterServer } from '../../src/components/lag-exporter/server';
import { repeatedReading } from '../../src/components/lag-exporter/snapshot';
import { makeTopics } from './make-topics';
import { named, parseSeries, type Series } from './series';
import { setOffsets } from './set-offsets';
import { WITHIN_MS } from './until';
import { writeOnce } from './write-once';

/** Readings that were incomplete. */
export const FAILURES = named('platform_lag_exporter_scrape_failures_total');

/** The real exporter with real brokers, scraped like Prometheus does, and helpers that create data to measure. */
export class ScrapedExporter {
  readonly kafka: Kafka;
  /** Number of failed readings up to the last scrape. */
  private failures = 0;
  private isComplete = false;

  private constructor(
    readonly connection: KafkaConnection,
    private readonly server: Server,
  ) {
    this.kafka = connectKafka(connection);
  }

  static async start(connection: KafkaConnection, { monitoring }: Platform): Promise<ScrapedExporter> {
    const read = repeatedReading(connection, monitoring.lagExporter);
    const server = lagExporterServer(new Scraper({ read, say: () => undefined, freshMs: 0 })).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ScrapedExporter(connection, server);
  }

  close(): void {
    this.server.close();
  }

  async scrape(): Promise<Series> {
    const response = await fetch(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/metrics`);
    const series = parseSeries(await response.text());
    const failures = series.get(FAILURES) ?? NaN;
    this.isComplete = failures === this.failures;
    this.failures = failures;
    return series;
  }

  /** The first complete scrape. A broker that is busy may not answer in time: the scrape then lacks its series. */
  complete(): Promise<Series> {
    return this.scrapeUntil(() => true);
  }

  /** The first complete scrape for which the condition holds. */
  async scrapeUntil(holds: (series: Series) => boolean): Promise<Series> {
    const isSo = (series: Series): boolean => this.isComplete && holds(series);
    const series = await poll(() => this.scrape(), { until: isSo, withinMs: WITHIN_MS, everyMs: 100 });
    if (!isSo(series)) throw new Error(`it did not happen:\n${[...series].map(String).join('\n')}`);
    return series;
  }

  admin<T>(use: (admin: Admin) => Promise<T>): Promise<T> {
    return withAdmin(this.kafka, use);
  }

  /** Creates a topic with one partition for each number of records. */
  async topicWith(topic: string, records: readonly number[]): Promise<void> {
    const topics = [{ topic, numPartitions: records.length }];
    await makeTopics(this.connection, topics);
    const messages = records.flatMap((count, partition) =>
      Array.from({ length: count }, () => ({ partition, value: 'x' })),
    );
    await writeOnce(this.kafka, topic, messages);
  }

  /** Commits offsets for a group without members. */
  commit(groupId: string, topic: string, ...offsets: readonly number[]): Promise<void> {
    const partitions = offsets.map((offset, partition) => ({ partition, offset: String(offset) }));
    return setOffsets(this.connection, { groupId, topic, partitions });
  }
}

export const ofTopic = (name: string, topic: string, partition: number): string =>
  named(`kafka_topic_partition_${name}`, { topic, partition });

export const ofGroup = (name: string, consumergroup: string, topic: string, partition?: number): string =>
  named(`kafka_consumergroup_${name}`, { consumergroup, topic, ...(partition === undefined ? {} : { partition }) });

export const members = (consumergroup: string): string => named('kafka_consumergroup_members', { consumergroup });

/** Values of a group's series for the first partitions of a topic. */
export const values = (series: Series, [name, group, topic]: readonly [string, string, string], count: number) =>
  Array.from({ length: count }, (_, partition) => series.get(ofGroup(name, group, topic, partition)));

export const withText = (series: Series, text: string): string[] =>
  [...series.keys()].filter((name) => name.includes(text));
