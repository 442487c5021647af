import type { SubjectDefinition } from 'kafka-platform/config';
import type { topics } from '../topics';

/**
 * Every schema of the catalogue. After a change, `npm run schemas -- types --config examples/catalogue/platform.ts` writes
 * the types of the events.
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
  /** Kept for a day and read by one team: its readers go first. */
  { topic: 'page-views', compatibility: 'BACKWARD', versions: ['page-view.v1.avsc'] },
  { topic: 'page-view-counts', compatibility: 'FULL_TRANSITIVE', versions: ['page-view-count.v1.avsc'] },
] as const satisfies readonly SubjectDefinition<(typeof topics)[number]['name']>[];
