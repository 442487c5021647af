import { stopIdleTimers } from '../../../../src/client/kafkajs-patches/idle-timers';

interface Queue {
  push(request: unknown): void;
  fulfillRequest(response: unknown): void;
  maybeThrottle(ms: number): void;
  checkPendingRequests(): void;
  destroy(): void;
}

const logger = { debug: () => undefined, warn: () => undefined };

/** The request queue of a kafkajs connection; each test loads the module again. */
function queueOf(maxInFlightRequests = 1): Queue {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a private module has no types
  const RequestQueue = require('kafkajs/src/network/requestQueue') as new (props: object) => Queue;
  return new RequestQueue({ maxInFlightRequests, requestTimeout: 1_000, clientId: 'c', broker: 'b', logger });
}

const request = (correlationId: number, sent: number[]) => ({
  entry: {
    correlationId,
    apiKey: 3,
    apiName: 'Metadata',
    apiVersion: 1,
    resolve: () => undefined,
    reject: () => undefined,
  },
  expectResponse: true,
  sendRequest: () => void sent.push(correlationId),
});

/** Number of timers that the queue sets within the time; no time passes in fact. */
function timersWithin(ms: number): number {
  const armed = jest.spyOn(globalThis, 'setTimeout');
  jest.advanceTimersByTime(ms);
  const count = armed.mock.calls.length;
  armed.mockRestore();
  return count;
}

beforeEach(() => {
  jest.resetModules();
  jest.useFakeTimers();
});

afterEach(() => jest.useRealTimers());

describe('the loop of kafkajs 2.2.4', () => {
  it('exists without the patch, or the patch could be removed', () => {
    const queue = queueOf();
    queue.checkPendingRequests();
    expect(timersWithin(100)).toBeGreaterThan(20);
    queue.destroy();
    // Stops a queue that would set another timer.
    (queue as { scheduleCheckPendingRequests?: () => void }).scheduleCheckPendingRequests = () => undefined;
  });

  it('does not exist with the patch', () => {
    expect(stopIdleTimers()).toBe(true);
    const queue = queueOf();
    queue.checkPendingRequests();
    expect(timersWithin(100)).toBe(0);
  });

  it('is not patched in any other release', () => expect(stopIdleTimers('2.2.5')).toBe(false));
});

describe('with the patch', () => {
  beforeEach(() => void stopIdleTimers());

  it('a request that waits for another one is sent after the response', () => {
    const sent: number[] = [];
    const queue = queueOf();
    for (const id of [1, 2]) queue.push(request(id, sent));
    expect(sent).toEqual([1]);
    queue.fulfillRequest({ correlationId: 1, size: 0, payload: null });
    expect(sent).toEqual([1, 2]);
    queue.destroy();
  });

  it('a request during a throttle time of the broker is sent afterwards', () => {
    const sent: number[] = [];
    const queue = queueOf();
    queue.maybeThrottle(60);
    queue.push(request(1, sent));
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(60);
    expect(sent).toEqual([1]);
    queue.destroy();
  });
});
