import type { TopicDefinition } from '../src/components/topics/props';
import type { DeclaredChain } from '../src/platform/declared-chain';
import { smokeTopic } from '../src/smoke/topic';

/**
 * The retry and dead letter topics of consumer groups, by a name of your choice:
 *
 *     billing: retryChain(invoices, 'billing', ['5s', '1m']),
 *
 * with `retryChain` of `../src/components/topics/retry-chain`. Add `...retryChains.billing.topics` to the catalogue.
 */
export const retryChains = {} as const satisfies Readonly<Record<string, DeclaredChain>>;

/**
 * The topics of the platform in all environments. Add a topic here. Then `npm run topics -- plan` shows the changes and
 * `npm run topics -- apply` makes them:
 *
 *     { name: 'invoices', partitions: 6, keyed: true, retentionMs: days(7), expectedIngress: kibibytesPerSecond(64) },
 *
 * with the units of `../src/validation/units`.
 */
export const catalogue = [smokeTopic] as const satisfies readonly TopicDefinition[];
