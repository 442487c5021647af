import type { EventOf } from '../schemas/events';

const PATHS = ['/', '/books', '/books/atlas', '/pens', '/lamps', '/globes', '/basket', '/about'] as const;
const SESSIONS = 500;
const VIEWS_PER_SESSION = 8;
/** Of the sessions, one in so many never signs in. */
const ANONYMOUS = 3;

interface NewPageView {
  /** Counts from 0; who looks at what follows from it. */
  readonly number: number;
  /** Makes the sessions ones of their own among those of all instances and starts. */
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly viewedAt: number;
}

/** A look at a page, as visitors leave them: every session begins at `/`. */
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
