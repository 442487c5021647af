import { KIP_1191, type ConsumedRecord, type KafkaConnection } from 'kafka-platform/client';
import { clients, type EventOf, type EventTopic, type ShopSerde } from '../clients';
import { retryChains } from '../topics';
import { assortment } from '../src/assortment';

const PAID = ['payments', 'orders-paid', 'revenue'] as const;
const TOPICS = ['orders', 'page-views', 'page-view-counts', ...PAID] as const;

/** Counts of events that must not occur once all applications have caught up. */
export interface Anomalies {
  /** Duplicate orders. */
  readonly placedTwice: number;
  /** Orders that are missing in a topic of payments. */
  readonly unpaid: number;
  readonly paidTwice: number;
  /** Payments without an order. */
  readonly paidForNothing: number;
  /** Page views that are counted too often or not often enough, by path. */
  readonly miscounted: number;
  /**
   * Orders that cannot be fulfilled and are not dead letter records, or dead letter records of orders that can be
   * fulfilled.
   */
  readonly misplaced: number;
  /** Duplicate retries and dead letter records. */
  readonly keptTwice: number;
}

/** The results of the applications according to the logs. */
export interface Report {
  readonly orders: number;
  readonly pageViews: number;
  readonly deadLetters: number;
  readonly anomalies: Anomalies;
}

interface CheckProps {
  /** Connection to the cluster. */
  readonly connection: KafkaConnection;
  /** URL of the registry including its base path. */
  readonly registry: string;
}

/**
 * Compares the output of the applications with their input. The result is valid only while nothing is written and all
 * applications have caught up.
 */
export async function checkLogs(props: CheckProps): Promise<Report> {
  const serde = await clients.openSerde({ registry: props.registry, topics: TOPICS });
  const events = async <T extends (typeof TOPICS)[number]>(topic: T) =>
    decodable(serde, topic, await clients.readTopic(props.connection, topic));
  const orders = (await events('orders')).map(({ event }) => event);
  const ids = new Set(orders.map(({ orderId }) => orderId));
  const anomalies = { unpaid: 0, paidTwice: 0, paidForNothing: 0 };
  for (const topic of PAID) {
    const paid = (await events(topic)).map(({ event }) => event.orderId);
    const once = new Set(paid);
    anomalies.unpaid += [...ids].filter((id) => !once.has(id)).length;
    anomalies.paidTwice += paid.length - once.size;
    anomalies.paidForNothing += [...once].filter((id) => !ids.has(id)).length;
  }
  const views = (await events('page-views')).map(({ event }) => event);
  const kept = await keptOrders(props);
  const deadLetterRecords = await decodable(serde, 'orders', kept.deadLetterRecords);
  return {
    orders: ids.size,
    pageViews: views.length,
    deadLetters: kept.deadLetterRecords.length,
    anomalies: {
      ...anomalies,
      placedTwice: orders.length - ids.size,
      miscounted: miscounted(views, await events('page-view-counts')),
      misplaced: misplaced(
        orders,
        deadLetterRecords.map(({ event }) => event),
      ),
      keptTwice: kept.twice,
    },
  };
}

interface Decoded<T extends EventTopic> {
  readonly record: ConsumedRecord;
  readonly event: EventOf<T>;
}

/** Undecodable records are dead letter records and are not counted. */
async function decodable<T extends (typeof TOPICS)[number]>(
  serde: ShopSerde<(typeof TOPICS)[number]>,
  topic: T,
  records: readonly ConsumedRecord[],
): Promise<readonly Decoded<T>[]> {
  const found: Decoded<T>[] = [];
  for (const record of records) {
    try {
      found.push({ record, event: await serde.decode(topic, record.value) });
    } catch {
      continue;
    }
  }
  return found;
}

/** Each topic of the inventory may contain each original place of an order once. */
async function keptOrders(props: CheckProps) {
  const { topics, deadLetterTopic } = retryChains.inventory;
  let twice = 0;
  let deadLetterRecords: readonly ConsumedRecord[] = [];
  for (const { name } of topics) {
    const records = await clients.readTopic(props.connection, name);
    const places = records.map(
      ({ headers }) => `${String(headers[KIP_1191.partition])} ${String(headers[KIP_1191.offset])}`,
    );
    twice += places.length - new Set(places).size;
    if (name === deadLetterTopic) deadLetterRecords = records;
  }
  return { twice, deadLetterRecords };
}

function miscounted(views: readonly EventOf<'page-views'>[], counts: readonly Decoded<'page-view-counts'>[]): number {
  const newest = new Map(counts.map(({ record, event }) => [`${record.partition} ${event.path}`, event]));
  const open = new Map<string, number>();
  for (const { path } of views) open.set(path, (open.get(path) ?? 0) + 1);
  for (const { path, views: counted } of newest.values()) open.set(path, (open.get(path) ?? 0) - counted);
  return [...open.values()].reduce((sum, difference) => sum + Math.abs(difference), 0);
}

function misplaced(orders: readonly EventOf<'orders'>[], deadLetterRecords: readonly EventOf<'orders'>[]): number {
  const isServed = ({ lines }: EventOf<'orders'>): boolean => lines.every(({ sku }) => assortment.has(sku));
  const kept = new Set(deadLetterRecords.map(({ orderId }) => orderId));
  const missing = orders.filter((order) => !isServed(order) && !kept.has(order.orderId));
  return missing.length + deadLetterRecords.filter(isServed).length;
}
