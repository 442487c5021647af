import { mend } from './mend-kafkajs';

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

/**
 * Ends a loop of kafkajs 2.2.4: once a connection was used it looks every millisecond for requests that wait, for ever.
 * It looks now only while some do, or while a broker asked to wait.
 */
export const stopIdleTimers = mend(
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is private may be gone; an import would throw
  () => (require('kafkajs/src/network/requestQueue') as RequestQueueClass).prototype,
  (queue) => {
    const schedule = queue.scheduleCheckPendingRequests;
    queue.scheduleCheckPendingRequests = function () {
      if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
    };
  },
);
