import { Type, type Schema } from 'avsc';
import { EventSerde } from '../src/client/serde/event-serde';
import { eventSchemas } from '../examples/catalogue/schemas/event-schemas';
import { order } from '../tools/support/events';
import { prefixed } from '../tools/support/framed';
import { startSmallRegistry } from '../tools/support/small-registry';
import type { Figure } from './clients-figures';
import { perSecond } from './clients-rounds';
import { median } from './support';

const ROUNDS = 7;
const EVENTS = 200_000;
const LEAST_RATIO = 0.7;

const ORDER = order({
  orderId: '8a6e0804-2bd0-4672-b79d-d97027f9071a',
  customerId: 'customer-004711',
  lines: [
    { sku: 'book-0815', quantity: 1, unitAmountMinor: 1_299 },
    { sku: 'pen-42', quantity: 3, unitAmountMinor: 250 },
    { sku: 'lamp-7', quantity: 1, unitAmountMinor: 4_990 },
  ],
});

/** The cost of framing, checks and caches compared with plain avsc. Rounds alternate, and the median counts. */
export async function compareAvro(): Promise<readonly Figure[]> {
  const registry = await startSmallRegistry({ orders: eventSchemas.orders });
  const serde = await EventSerde.open({ registry: registry.url, schemas: eventSchemas, topics: ['orders'] });
  const [v1, v2] = eventSchemas.orders.map((schema) => Type.forSchema(schema as Schema));
  if (v1 === undefined || v2 === undefined) throw new Error('this measures two versions of orders');
  const framed = serde.encode('orders', ORDER);
  const bare = v2.toBuffer(ORDER);
  const bareOld = v1.toBuffer(ORDER);
  const framedOld = prefixed(1, bareOld);
  const resolver = v2.createResolver(v1);
  await serde.decode('orders', framedOld);
  const figures = [
    compare('encode', [() => serde.encode('orders', ORDER), () => v2.toBuffer(ORDER)]),
    compare('decode', [() => serde.decode('orders', framed), () => v2.fromBuffer(bare) as unknown]),
    compare('decode of version 1 as 2', [
      () => serde.decode('orders', framedOld),
      () => v2.fromBuffer(bareOld, resolver) as unknown,
    ]),
  ];
  await registry.stop();
  return figures;
}

function compare(what: string, [ours, theirs]: readonly [() => unknown, () => unknown]): Figure {
  const rates = Array.from({ length: ROUNDS + 1 }, () => ({ serde: rateOf(ours), avsc: rateOf(theirs) })).slice(1);
  const serde = median(rates.map((rate) => rate.serde));
  const avsc = median(rates.map((rate) => rate.avsc));
  const ratio = median(rates.map((rate) => rate.serde / rate.avsc));
  return {
    what: `Avro ${what}, beside avsc alone`,
    measured: perSecond(serde),
    reference: perSecond(avsc),
    ratio,
    target: { atLeast: LEAST_RATIO },
  };
}

function rateOf(work: () => unknown): number {
  const started = performance.now();
  for (let count = 0; count < EVENTS; count += 1) work();
  return EVENTS / ((performance.now() - started) / 1_000);
}
