import { heldUpStops } from '../../../src/deploy/held-up';
import type { Pod } from '../../../src/deploy/objects';

const pod = (name: string, deletionTimestamp?: string): Pod => ({
  metadata: {
    name,
    uid: name,
    resourceVersion: '1',
    creationTimestamp: '',
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
  },
  spec: {},
  status: { phase: 'Running' },
});

const WAITS = 'waits for 2 min of at most 1 h: orders-0 would fall below its min ISR 2; to stop it all the same: pass';

const told = (logs: Readonly<Record<string, string>>, pods: readonly Pod[]): Promise<readonly string[]> =>
  heldUpStops(
    {
      run: ([, name = '']) =>
        logs[name] === undefined ? Promise.reject(new Error('no log')) : Promise.resolve(logs[name]),
    },
    pods,
  );

describe('while deploy waits for a roll', () => {
  const ending = pod('kafka-broker-1', '2026-11-29T06:00:00Z');

  it('it tells what the guard of a node that is asked to stop said last', async () => {
    const log = `started\nstop-guard: waits for 1 s of at most 1 h: another\nother\nstop-guard: ${WAITS}\nmore`;
    expect(await told({ 'kafka-broker-1': log }, [ending])).toEqual([`kafka-broker-1 ${WAITS}`]);
  });

  it.each([
    ['a stop that goes on', `stop-guard: ${WAITS}\nstop-guard: may stop after 3 min: every partition can spare it`],
    ['a stop of which nothing is said', 'started'],
  ])('it tells nothing of %s', async (_, log) => {
    expect(await told({ 'kafka-broker-1': log }, [ending])).toEqual([]);
  });

  it('it tells nothing of nodes that are not asked to stop, or have no log any more', async () => {
    const log = `stop-guard: ${WAITS}`;
    expect(await told({ 'kafka-broker-0': log }, [pod('kafka-broker-0'), ending])).toEqual([]);
  });
});
