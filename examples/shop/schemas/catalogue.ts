import type { SubjectDefinition } from 'kafka-platform/config';
import type { topics } from '../topics';

/**
 * The schemas of the shop. Add a version here. Then `npm run schemas -- check` checks its compatibility with old and
 * new readers, and `npm run schemas -- apply` registers it.
 */
export const schemaCatalogue = [
  {
    topic: 'orders',
    compatibility: 'FULL_TRANSITIVE',
    versions: ['order-created.v1.avsc', 'order-created.v2.avsc'],
  },
  { topic: 'orders-paid', compatibility: 'FULL_TRANSITIVE', versions: ['order-paid.v1.avsc'] },
  { topic: 'payments', compatibility: 'FULL_TRANSITIVE', versions: ['payment-processed.v1.avsc'] },
  { topic: 'revenue', compatibility: 'FULL_TRANSITIVE', versions: ['revenue-recorded.v1.avsc'] },
  /** Page views are kept for one day and read by one team, which updates its readers first. */
  { topic: 'page-views', compatibility: 'BACKWARD', versions: ['page-view.v1.avsc'] },
  { topic: 'page-view-counts', compatibility: 'FULL_TRANSITIVE', versions: ['page-view-count.v1.avsc'] },
] as const satisfies readonly SubjectDefinition<(typeof topics)[number]['name']>[];
