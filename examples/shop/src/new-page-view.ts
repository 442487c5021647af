import type { EventOf } from '../clients';

const PATHS = ['/', '/books', '/books/atlas', '/pens', '/lamps', '/globes', '/basket', '/about'] as const;
const SESSIONS = 500;
const VIEWS_PER_SESSION = 8;
/** One session in this number never signs in. */
const ANONYMOUS = 3;

interface NewPageView {
  /** Number of the page view, from 0; determines its contents. */
  readonly number: number;
  /** Prefix that makes the sessions unique among all instances and restarts. */
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly viewedAt: number;
}

/** Creates a typical page view; every session starts at `/`. */
export function newPageView({ number, prefix, viewedAt }: NewPageView): EventOf<'page-views'> {
  const session = Math.floor(number / VIEWS_PER_SESSION) % SESSIONS;
  const step = number % VIEWS_PER_SESSION;
  return {
    sessionId: `${prefix}-${session}`,
    customerId: session % ANONYMOUS === 0 ? null : `customer-${session}`,
    path: pathOf(step * session),
    referrer: step === 0 ? null : pathOf((step - 1) * session),
    viewedAt,
  };
}

const pathOf = (index: number): string => PATHS[index % PATHS.length] ?? '/';
