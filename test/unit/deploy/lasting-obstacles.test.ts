import { explainEnd, obstacleTexts } from '../../../src/deploy/explain-end';
import type { Pod } from '../../../src/deploy/objects';
import { LastingObstacles } from '../../../src/deploy/lasting-obstacles';
import { AnsweringKubectl, refusal } from '../../support/answering-kubectl';

afterEach(() => jest.restoreAllMocks());

describe('the end of a container', () => {
  const ended = { pod: 'kafka-broker-0', container: 'kafka', isPrevious: true, message: 'Error: kept' };
  const LOG = 'starting\nError: no\n    at x (y.js:1:1)\n';

  it('is explained by the first error of its log, or of the previous log after a restart', async () => {
    const kubectl = new AnsweringKubectl(() => LOG);
    expect(await explainEnd(kubectl, ended)).toBe('Error: no');
    expect(await explainEnd(kubectl, { ...ended, isPrevious: false })).toBe('Error: no');
    expect(kubectl.commands.map((command) => command.endsWith('--previous'))).toEqual([true, false]);
  });

  it('is explained by the termination message only if the log is gone', async () => {
    expect(await explainEnd(new AnsweringKubectl(() => refusal('not found')), ended)).toBe('Error: kept');
    expect(await explainEnd(new AnsweringKubectl(() => refusal('not found')), { ...ended, message: undefined })).toBe(
      'it left no log',
    );
    await expect(explainEnd(new AnsweringKubectl(() => new Error('a defect')), ended)).rejects.toThrow('a defect');
  });

  it('is reported once if several containers end alike', async () => {
    const texts = await obstacleTexts(new AnsweringKubectl(() => LOG), [
      { text: 'it ends', ended },
      { text: 'it ends', ended },
      { text: 'no node' },
    ]);
    expect(texts).toEqual(['it ends:\n    Error: no', 'no node']);
  });
});

describe('an obstacle', () => {
  const pod = (reason?: string, restartCount = 0): Pod => ({
    metadata: { name: 'kafka-broker-0', uid: 'u', resourceVersion: '1', creationTimestamp: '' },
    spec: {},
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'kafka',
          ready: false,
          restartCount,
          state: reason === undefined ? {} : { waiting: { reason, message: 'why' } },
          ...(restartCount > 0 && { lastState: { terminated: { exitCode: 1 } } }),
        },
      ],
    },
  });

  let now: number;
  let obstacles: LastingObstacles;
  const after = (seconds: number, found: Pod): Promise<void> => {
    now += seconds * 1_000;
    return obstacles.check([found]);
  };

  beforeEach(() => {
    now = 1_000_000_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    obstacles = new LastingObstacles(new AnsweringKubectl(() => 'Error: no'));
  });

  it('fails the deploy after 20 seconds', async () => {
    await after(0, pod('ErrImagePull'));
    await after(19, pod('ErrImagePull'));
    await expect(after(1, pod('ErrImagePull'))).rejects.toThrow(
      'Pods cannot start; the applied objects are kept:\n  kafka-broker-0 (kafka): ErrImagePull: why',
    );
  });

  it('is told with its remedy, which is looked for only then', async () => {
    let looks = 0;
    const remedy = () => Promise.resolve(`wait ${(looks += 1)}`);
    await obstacles.check([pod('ErrImagePull')], remedy);
    expect(looks).toBe(0);
    now += 20_000;
    await expect(obstacles.check([pod('ErrImagePull')], remedy)).rejects.toThrow(/: why\n {2}fix: wait 1$/);
  });

  it('that disappears in between gets the full time again', async () => {
    await after(0, pod('ErrImagePull'));
    await after(15, pod());
    await after(15, pod('ErrImagePull'));
    await after(15, pod('ErrImagePull'));
    await expect(after(15, pod('ErrImagePull'))).rejects.toThrow(/ErrImagePull/);
  });

  it('does not include states before the first check', async () => {
    for (const seconds of [0, 60, 60]) await after(seconds, pod(undefined, 9));
    await after(0, pod('CrashLoopBackOff', 10));
    await expect(after(60, pod('CrashLoopBackOff', 10))).rejects.toThrow(/ends repeatedly:\n {4}Error: no/);
  });
});
