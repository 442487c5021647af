import type { Scenario } from '../../../tools/e2e/scenario';
import { shopProven } from './shop-proven';

/** What `npm run e2e` runs of the shop, by the names that its command line takes. */
export const scenarios: Readonly<Record<string, Scenario>> = { shop: shopProven };
