import { patch } from './patch-kafkajs';

/** The used part of kafkajs's private request queue of a connection. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  /** Milliseconds since 1970; -1 if no broker has throttled the client. */
  readonly throttledUntil: number;
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

/**
 * Stops a timer of kafkajs 2.2.4: after its first request, a connection checks every millisecond, without end, for
 * waiting requests. With this patch it checks only while requests wait, or while a broker throttles the client.
 */
export const stopIdleTimers = patch('RequestQueue', (queue: RequestQueue) => {
  const schedule = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
});
