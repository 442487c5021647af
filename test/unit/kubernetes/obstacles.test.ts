import { jsonLine } from '../../../src/kubernetes/json-line';
import type { Pod } from '../../../src/kubernetes/objects';
import { podObstacles } from '../../../src/kubernetes/obstacles';

type Status = Pod['status'];
type ContainerStatus = NonNullable<Status['containerStatuses']>[number];

const pod = (status: Partial<Status>): Pod => ({
  metadata: { name: 'kafka-broker-0', uid: 'u', resourceVersion: '1', creationTimestamp: '' },
  spec: {},
  status: { phase: 'Pending', ...status },
});

const container = (override: Partial<ContainerStatus>): ContainerStatus => ({
  name: 'kafka',
  ready: false,
  restartCount: 0,
  state: {},
  ...override,
});

const endedAgo = (ms: number) => ({ exitCode: 1, finishedAt: new Date(Date.now() - ms).toISOString() });

describe('a pod will not run', () => {
  it.each([
    [
      'when its image is nowhere',
      {
        initContainerStatuses: [
          container({ name: 'guard', state: { waiting: { reason: 'ErrImagePull', message: 'not found' } } }),
        ],
      },
      'kafka-broker-0 (guard): ErrImagePull: not found',
    ],
    [
      'when no node takes it',
      {
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/4 nodes are available' },
        ],
      },
      'kafka-broker-0 cannot be scheduled: 0/4 nodes are available',
    ],
    [
      'when it ends again and again, with what it said last',
      {
        containerStatuses: [
          container({
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1, message: 'a\nrefusing to start' } },
          }),
        ],
      },
      'kafka-broker-0 (kafka) ends again and again: a\n    refusing to start',
    ],
    [
      'when it was started again often, the last time just now',
      { containerStatuses: [container({ restartCount: 9, lastState: { terminated: endedAgo(10_000) } })] },
      'kafka-broker-0 (kafka) ends again and again: it left no message',
    ],
  ])('%s', (_, status, says) => {
    expect(podObstacles(pod(status))).toEqual([says]);
  });
});

describe('a pod may still run', () => {
  it.each([
    [
      'while its image is pulled',
      { containerStatuses: [container({ state: { waiting: { reason: 'ContainerCreating' } } })] },
    ],
    [
      'when it was started again once',
      { containerStatuses: [container({ restartCount: 1, lastState: { terminated: { exitCode: 1 } } })] },
    ],
    [
      'when it was started again often and is ready',
      { containerStatuses: [container({ restartCount: 9, ready: true, lastState: { terminated: { exitCode: 1 } } })] },
    ],
    [
      'when it was started again often, long ago, and waits for others now',
      { containerStatuses: [container({ restartCount: 9, lastState: { terminated: endedAgo(5 * 60_000) } })] },
    ],
  ])('%s', (_, status) => {
    expect(podObstacles(pod(status))).toEqual([]);
  });
});

describe('the JSON of a log', () => {
  it.each([
    ['the last object, whatever stands around it', '{"a":1}\n{"a":2}\n✔ done', { a: 2 }],
    ['none that breaks off', '{"a":1}\n{"a":', { a: 1 }],
    ['nothing, where there is none', 'Error: {', undefined],
  ])('is %s', (_, log, object) => {
    expect(jsonLine(log)).toEqual(object);
  });
});
