import { patch } from './patch-kafkajs';

/** The used part of kafkajs's private consumer loop. */
interface Runner {
  readonly running: boolean;
  fetch: (this: Runner, nodeId: number) => Promise<unknown>;
}

/**
 * Ends the fetchers of a consumer that was stopped while they were being replaced, as happens when a broker comes or
 * goes. kafkajs 2.2.4 starts the new fetchers regardless; each of them then polls in a loop that blocks the event loop
 * of the process.
 */
export const endStoppedFetchers = patch('Runner', (runner: Runner) => {
  const { fetch } = runner;
  runner.fetch = function (nodeId) {
    if (this.running) return fetch.call(this, nodeId);
    // kafkajs then checks again whether the consumer runs, and ends regularly.
    return Promise.reject(Object.assign(new Error('the consumer was stopped'), { retriable: true }));
  };
});
