import { endStoppedFetchers } from '../../../../src/client/kafkajs-patches/end-stopped-fetchers';

type Fetch = (nodeId: number) => Promise<unknown>;

interface Manager {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/* eslint-disable @typescript-eslint/no-require-imports -- private modules have no types */
/** A kafkajs consumer whose brokers change, and which is stopped while it replaces its fetchers. */
function stoppedWhileReplacing() {
  const { prototype } = require('kafkajs/src/consumer/runner') as { readonly prototype: { fetch: Fetch } };
  const createManager = require('kafkajs/src/consumer/fetchManager') as (props: object) => Manager;
  const runner = Object.create(prototype, { running: { value: true, writable: true } }) as {
    running: boolean;
    fetch: Fetch;
  };
  prototype.fetch = () => Promise.resolve([]);
  endStoppedFetchers();
  let fetches = 0;
  let nodeIds = [0];
  const logger = { debug: () => undefined, info: () => undefined };
  const manager = createManager({
    logger: { namespace: () => ({ ...logger, namespace: () => logger }) },
    getNodeIds: () => nodeIds,
    handler: () => Promise.resolve(),
    fetch: (nodeId: number) => {
      fetches += 1;
      if (fetches === 1) nodeIds = [0, 1];
      // From here on, the fetchers that replace these are not stopped.
      if (fetches === 2) runner.running = false;
      if (fetches > 1_000) throw new Error('without an end');
      return runner.fetch(nodeId);
    },
  });
  return manager;
}
/* eslint-enable @typescript-eslint/no-require-imports */

beforeEach(() => jest.resetModules());

it('a consumer that is stopped while its fetchers are replaced ends', async () => {
  await expect(stoppedWhileReplacing().start()).rejects.toThrow('the consumer was stopped');
});

it('any other release of kafkajs is not patched', () => expect(endStoppedFetchers('2.2.5')).toBe(false));
