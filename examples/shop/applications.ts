import { mebibytes, type ApplicationInput } from 'kafka-platform/config';
import { SHOP_IMAGE } from './image';
import { retryChains } from './topics';

const MEMORY = mebibytes(192);

/** Size of Node's heap; the rest of the memory is for code and for buffers of records. */
const HEAP_MEBIBYTES = 96;

/** A program in `programs/`. */
const program = (name: string) => ({
  image: SHOP_IMAGE,
  command: ['node', `--max-old-space-size=${HEAP_MEBIBYTES}`, `/app/${name}.js`],
  localCommand: ['node', '--import', 'tsx', `examples/shop/programs/${name}.ts`],
  memory: MEMORY,
  registry: true,
});

/**
 * A program that creates events. The rate is low, because each event causes transactions and one machine has few cores
 * for all brokers.
 */
const generator = (eventsPerSecond: number) => ({ environment: { EVENTS_PER_SECOND: String(eventsPerSecond) } });

const { inventory, email, payment, analytics } = retryChains;
const inventoryFailures = inventory.topics.map(({ name }) => name);

/** The applications of the shop. */
export const applications = {
  /** Writes orders, one record at a time. */
  'order-service': { ...program('order-service'), ...generator(1), writes: ['orders'] },
  /** Writes page views in batches. */
  'page-view-generator': { ...program('page-view-generator'), ...generator(2), writes: ['page-views'] },
  /** Reserves stock; failed orders are retried later. */
  inventory: {
    ...program('inventory'),
    group: inventory.group,
    // Records that wait for a retry are read again.
    reads: [inventory.topic, ...inventoryFailures.filter((name) => name !== inventory.deadLetterTopic)],
    writes: inventoryFailures,
  },
  /** Sends an e-mail for each order; failed orders become dead letter records. */
  email: { ...program('email'), group: email.group, reads: [email.topic], writes: [email.deadLetterTopic] },
  /** Writes three records for each order, exactly once. */
  payment: {
    ...program('payment'),
    group: payment.group,
    reads: [payment.topic],
    writes: ['payments', 'orders-paid', 'revenue', payment.deadLetterTopic],
  },
  /** Counts page views, exactly once. */
  analytics: {
    ...program('analytics'),
    group: analytics.group,
    reads: [analytics.topic],
    writes: ['page-view-counts', analytics.deadLetterTopic],
  },
  /** Reads orders with the schema's first version. */
  'orders-v1-reader': { ...program('orders-v1-reader'), group: 'orders-v1-reader', reads: ['orders'] },
} satisfies Readonly<Record<string, ApplicationInput>>;

export type ShopApplication = keyof typeof applications;
