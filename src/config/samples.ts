import { retryChains, type TopicName } from '../topics/catalogue';

/** A program that shows how one writes or reads with the clients of this project. */
type SampleDefinition =
  | { readonly kind: 'generator'; readonly name: string; readonly writes: readonly TopicName[] }
  | {
      readonly kind: 'consumer';
      readonly name: string;
      readonly group: string;
      readonly reads: readonly TopicName[];
      readonly writes: readonly TopicName[];
    };

const { inventory, email, payment, analytics } = retryChains;
const inventoryFailures = inventory.topics.map(({ name }) => name);

/** The samples and their topics, by the settings that they have below `samples`. */
export const SAMPLES = {
  orderService: { kind: 'generator', name: 'order-service', writes: ['orders'] },
  pageViewGenerator: { kind: 'generator', name: 'page-view-generator', writes: ['page-views'] },
  inventory: {
    kind: 'consumer',
    name: 'inventory',
    group: inventory.group,
    // What waits for another try is read again.
    reads: [inventory.topic, ...inventoryFailures.filter((name) => name !== inventory.deadLetterTopic)],
    writes: inventoryFailures,
  },
  email: {
    kind: 'consumer',
    name: 'email',
    group: email.group,
    reads: [email.topic],
    writes: [email.deadLetterTopic],
  },
  payment: {
    kind: 'consumer',
    name: 'payment',
    group: payment.group,
    reads: [payment.topic],
    writes: ['payments', 'orders-paid', 'revenue', payment.deadLetterTopic],
  },
  analytics: {
    kind: 'consumer',
    name: 'analytics',
    group: analytics.group,
    reads: [analytics.topic],
    writes: ['page-view-counts', analytics.deadLetterTopic],
  },
  ordersV1Reader: {
    kind: 'consumer',
    name: 'orders-v1-reader',
    group: 'orders-v1-reader',
    reads: ['orders'],
    writes: [],
  },
} as const satisfies Readonly<Record<string, SampleDefinition>>;

/** Name of a sample's setting. */
export type SampleSetting = keyof typeof SAMPLES;

/** Name of a sample's program, pods and local process. */
export type SampleName = (typeof SAMPLES)[SampleSetting]['name'];

export const SAMPLE_SETTINGS = Object.keys(SAMPLES) as SampleSetting[];

/** In the order in which they are listed. */
export const SAMPLE_NAMES = SAMPLE_SETTINGS.map((setting) => SAMPLES[setting].name);

/** Every topic that a sample reads or writes, each once. */
export function topicsOf(setting: SampleSetting): readonly TopicName[] {
  const sample: SampleDefinition = SAMPLES[setting];
  return [...new Set([...(sample.kind === 'consumer' ? sample.reads : []), ...sample.writes])];
}
