import { version } from 'kafkajs/package.json';

/** What it mends was made with this release, the last one; any other is left alone. */
const VERSION = '2.2.4';

/** What is used of kafkajs's private queue of the requests of a connection. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  /** Milliseconds since 1970; -1 when no broker has ever asked to wait. */
  readonly throttledUntil: number;
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

interface RequestQueueClass {
  readonly prototype: RequestQueue;
}

const mended = new WeakSet<RequestQueue>();

/**
 * Ends a loop of kafkajs 2.2.4: once a connection was used it looks every millisecond for requests that wait, for ever.
 * It looks now only while some do, or while a broker asked to wait. For the whole process; a second call does nothing.
 * @returns whether the loop is mended
 */
export function stopIdleTimers(installed: string = version): boolean {
  const queue = installed === VERSION ? requestQueue() : undefined;
  if (queue === undefined) return false;
  if (mended.has(queue)) return true;
  mended.add(queue);
  const schedule = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
  return true;
}

/** The very module that kafkajs uses, bundled or not. */
function requestQueue(): RequestQueue | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is private may be gone; an import would throw
    return (require('kafkajs/src/network/requestQueue') as RequestQueueClass).prototype;
  } catch {
    return undefined;
  }
}
