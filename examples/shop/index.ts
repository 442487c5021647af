import type { AddOn } from 'kafka-platform/config';
import { applications } from './applications';
import { SHOP_IMAGE } from './image';
import { schemas } from './schemas';
import { retryChains, topics } from './topics';

/** A fictitious shop: services that write and read orders and page views with the clients of this project. */
export const shop: AddOn = {
  applications,
  topics,
  topicsFile: 'examples/shop/topics.ts',
  schemas,
  retryChains: Object.values(retryChains),
  image: { name: SHOP_IMAGE, programs: 'examples/shop/programs', dockerfile: 'examples/shop/Dockerfile' },
};
