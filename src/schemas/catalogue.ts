import type { TopicName } from '../topics/catalogue';
import type { Compatibility } from './subject';

/** The schemas of a topic's values, as they are written in the catalogue. */
export interface SubjectDefinition {
  /** The subject is `<topic>-value`. */
  readonly topic: TopicName;
  readonly compatibility: Compatibility;
  /** Files of `src/schemas/avro`, oldest first. What was registered once stays here: records are kept that need it. */
  readonly versions: readonly string[];
}

/**
 * Every schema of the platform. Add a version here, then `npm run schemas -- check` tells whether old and new readers can
 * live with it, and `npm run schemas -- apply` registers it.
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
] as const satisfies readonly SubjectDefinition[];
