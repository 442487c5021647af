import { jsonLine } from '../../../src/deploy/json-line';
import type { Pod } from '../../../src/deploy/objects';
import { podObstacles, restartsOf } from '../../../src/deploy/obstacles';

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

/** A container that has just ended. */
const ranFor = (ms: number) => ({ ...endedAgo(1_000), startedAt: new Date(Date.now() - 1_000 - ms).toISOString() });

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
      'when it ends repeatedly',
      {
        containerStatuses: [
          container({
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1, message: 'a\nrefusing to start' } },
          }),
        ],
      },
      'kafka-broker-0 (kafka) ends repeatedly',
    ],
    [
      'when it was started again often, the last time just now',
      { containerStatuses: [container({ restartCount: 9, lastState: { terminated: endedAgo(10_000) } })] },
      'kafka-broker-0 (kafka) ends repeatedly',
    ],
    [
      'when it waits to be started again, however long ago it ended',
      {
        containerStatuses: [
          container({
            restartCount: 9,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: endedAgo(5 * 60_000) },
          }),
        ],
      },
      'kafka-broker-0 (kafka) ends repeatedly',
    ],
  ])('%s', (_, status, says) => {
    expect(podObstacles(pod(status)).map(({ text }) => text)).toEqual([says]);
  });

  it.each([
    'ErrImagePull',
    'ImagePullBackOff',
    'ErrImageNeverPull',
    'InvalidImageName',
    'CreateContainerConfigError',
    'CreateContainerError',
    'RunContainerError',
  ])('when its container waits with the reason %s', (reason) => {
    const waiting = { reason, message: 'why' };
    expect(podObstacles(pod({ containerStatuses: [container({ state: { waiting } })] }))).toEqual([
      { text: `kafka-broker-0 (kafka): ${reason}: why` },
    ]);
  });

  it('with the container whose log has the reason: the current or the previous one', () => {
    const logOf = (state: ContainerStatus['state'], lastState?: ContainerStatus['state']) =>
      podObstacles(
        pod({
          containerStatuses: [container({ restartCount: 3, state, ...(lastState === undefined ? {} : { lastState }) })],
        }),
      ).map(({ ended }) => ended);
    const terminated = { exitCode: 1, message: 'a' };
    const place = { pod: 'kafka-broker-0', container: 'kafka', message: 'a' };
    expect(logOf({ terminated })).toEqual([{ ...place, isPrevious: false }]);
    expect(logOf({ waiting: { reason: 'CrashLoopBackOff' } }, { terminated })).toEqual([
      { ...place, isPrevious: true },
    ]);
  });

  it('when it ends once more, regardless of earlier ends', () => {
    const restarted = (restartCount: number) =>
      pod({ containerStatuses: [container({ restartCount, lastState: { terminated: { exitCode: 1 } } })] });
    const before = restartsOf([restarted(9)]);
    expect(podObstacles(restarted(9), before)).toEqual([]);
    expect(podObstacles(restarted(10), before)).toHaveLength(1);
  });

  it('when it ends as often as an earlier pod with its name', () => {
    const former = pod({ containerStatuses: [container({ restartCount: 9 })] });
    const status = pod({
      containerStatuses: [container({ restartCount: 9, lastState: { terminated: { exitCode: 1 } } })],
    });
    const next = { ...status, metadata: { ...status.metadata, uid: 'v' } };
    expect(podObstacles(next, restartsOf([former]))).toHaveLength(1);
  });
});

describe('a pod may still run', () => {
  it.each([
    [
      'while its claim is made',
      {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/2 nodes are available: persistentvolumeclaim "data-kafka-broker-0" not found. not found',
          },
        ],
      },
    ],
    [
      'while its image is pulled',
      { containerStatuses: [container({ state: { waiting: { reason: 'ContainerCreating' } } })] },
    ],
    [
      'while somebody holds its scheduling back',
      {
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'gated' }],
      },
    ],
    [
      'when it was started again twice',
      { containerStatuses: [container({ restartCount: 2, lastState: { terminated: { exitCode: 1 } } })] },
    ],
    [
      'when it was started again often and is ready',
      { containerStatuses: [container({ restartCount: 9, ready: true, lastState: { terminated: { exitCode: 1 } } })] },
    ],
    [
      'when it was started again often, long ago, and waits for others now',
      { containerStatuses: [container({ restartCount: 9, lastState: { terminated: endedAgo(5 * 60_000) } })] },
    ],
    [
      'when it had run for minutes before it ended, as one that was killed',
      { containerStatuses: [container({ restartCount: 3, lastState: { terminated: ranFor(4 * 60_000) } })] },
    ],
  ])('%s', (_, status) => {
    expect(podObstacles(pod(status))).toEqual([]);
  });
});

describe('the JSON of a log', () => {
  it.each([
    ['the last object, whatever is printed before and after it', '{"a":1}\n{"a":2}\n✔ done', { a: 2 }],
    ['none that breaks off', '{"a":1}\n{"a":', { a: 1 }],
    ['nothing, where there is none', 'Error: {', undefined],
  ])('is %s', (_, log, object) => {
    expect(jsonLine(log)).toEqual(object);
  });
});
