import type { ConsumedRecord } from '../client/consumer/record';
import type { EventTopic } from '../client/encoded';
import { readTopic } from '../client/log/read-topic';
import { KIP_1191 } from '../client/retry/header-names';
import { EventSerde } from '../client/serde/event-serde';
import type { EventOf } from '../schemas/events';
import { retryChains } from '../topics/catalogue';
import { assortment } from './assortment';

const PAID = ['payments', 'orders-paid', 'revenue'] as const;
const TOPICS = ['orders', 'page-views', 'page-view-counts', ...PAID] as const;

/** What must not be in the logs when all samples are through; each counts events. */
export interface SampleFlaws {
  /** Orders that stand twice. */
  readonly placedTwice: number;
  /** Orders missing in one of the topics of payments. */
  readonly unpaid: number;
  readonly paidTwice: number;
  /** Payments without an order. */
  readonly paidForNothing: number;
  /** Page views that are counted too often or too seldom, path by path. */
  readonly miscounted: number;
  /** Orders that nobody can serve and that are no dead letter, or dead letters that somebody could serve. */
  readonly misplaced: number;
  /** Retries and dead letters that stand twice. */
  readonly keptTwice: number;
}

/** What the samples have done, by the logs alone. */
export interface SamplesJudgement {
  readonly orders: number;
  readonly pageViews: number;
  readonly deadLetters: number;
  readonly flaws: SampleFlaws;
}

interface JudgeProps {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /** Address of the registry, with its base path. */
  readonly registry: string;
}

/** Holds what the samples wrote against what they read. Right only while nothing is made and everybody is through. */
export async function judgeSamples(props: JudgeProps): Promise<SamplesJudgement> {
  const serde = await EventSerde.open({ registry: props.registry, topics: TOPICS });
  const events = async <T extends (typeof TOPICS)[number]>(topic: T) =>
    decodable(serde, topic, await readTopic(props.bootstrap, topic));
  const orders = (await events('orders')).map(({ event }) => event);
  const ids = new Set(orders.map(({ orderId }) => orderId));
  const flaws = { unpaid: 0, paidTwice: 0, paidForNothing: 0 };
  for (const topic of PAID) {
    const paid = (await events(topic)).map(({ event }) => event.orderId);
    const once = new Set(paid);
    flaws.unpaid += [...ids].filter((id) => !once.has(id)).length;
    flaws.paidTwice += paid.length - once.size;
    flaws.paidForNothing += [...once].filter((id) => !ids.has(id)).length;
  }
  const views = (await events('page-views')).map(({ event }) => event);
  const kept = await keptOrders(props);
  const letters = await decodable(serde, 'orders', kept.letters);
  return {
    orders: ids.size,
    pageViews: views.length,
    deadLetters: kept.letters.length,
    flaws: {
      ...flaws,
      placedTwice: orders.length - ids.size,
      miscounted: miscounted(views, await events('page-view-counts')),
      misplaced: misplaced(
        orders,
        letters.map(({ event }) => event),
      ),
      keptTwice: kept.twice,
    },
  };
}

interface Decoded<T extends EventTopic> {
  readonly record: ConsumedRecord;
  readonly event: EventOf<T>;
}

/** What cannot be read is a dead letter, and nobody counts it. */
async function decodable<T extends (typeof TOPICS)[number]>(
  serde: EventSerde<(typeof TOPICS)[number]>,
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

/** In each topic of the inventory, every place of an order may stand once. */
async function keptOrders(props: JudgeProps) {
  const { topics, deadLetterTopic } = retryChains.inventory;
  let twice = 0;
  let letters: readonly ConsumedRecord[] = [];
  for (const { name } of topics) {
    const records = await readTopic(props.bootstrap, name);
    const places = records.map(
      ({ headers }) => `${String(headers[KIP_1191.partition])} ${String(headers[KIP_1191.offset])}`,
    );
    twice += places.length - new Set(places).size;
    if (name === deadLetterTopic) letters = records;
  }
  return { twice, letters };
}

function miscounted(views: readonly EventOf<'page-views'>[], counts: readonly Decoded<'page-view-counts'>[]): number {
  const newest = new Map(counts.map(({ record, event }) => [`${record.partition} ${event.path}`, event]));
  const open = new Map<string, number>();
  for (const { path } of views) open.set(path, (open.get(path) ?? 0) + 1);
  for (const { path, views: counted } of newest.values()) open.set(path, (open.get(path) ?? 0) - counted);
  return [...open.values()].reduce((sum, difference) => sum + Math.abs(difference), 0);
}

function misplaced(orders: readonly EventOf<'orders'>[], letters: readonly EventOf<'orders'>[]): number {
  const isServed = ({ lines }: EventOf<'orders'>): boolean => lines.every(({ sku }) => assortment.has(sku));
  const kept = new Set(letters.map(({ orderId }) => orderId));
  const missing = orders.filter((order) => !isServed(order) && !kept.has(order.orderId));
  return missing.length + letters.filter(isServed).length;
}
