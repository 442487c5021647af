import { clearRuns, renderedJob, untilProvisioned } from '../../../src/deploy/provisioned';
import { loadConfig } from '../../../tools/support/environments';
import { AnsweringKubectl, quickClock, items, refusal } from '../../support/answering-kubectl';

const config = loadConfig('kind');
const OWN = 'kafka-topics-1';

type State = 'Complete' | 'Failed' | 'running';

const job = (name: string, state: State, second = 0) => ({
  metadata: { name, uid: `uid-of-${name}`, creationTimestamp: `2026-11-29T06:00:0${second}Z` },
  status: { conditions: state === 'running' ? [] : [{ type: state, status: 'True' }] },
});

const pod = (name: string, second: number, message?: string) => ({
  metadata: { name, uid: name, creationTimestamp: `2026-11-29T06:00:0${second}Z` },
  status: {
    phase: 'Failed',
    containerStatuses: [
      { name: 'topics', restartCount: 0, ready: false, state: { terminated: { exitCode: 1, message } } },
    ],
  },
});

afterEach(() => jest.restoreAllMocks());

describe('the Job of a catalogue', () => {
  const rendered = (name: string, component: string, kind = 'Job') => ({
    apiVersion: 'batch/v1',
    kind,
    metadata: { name, labels: { 'app.kubernetes.io/component': component } },
  });
  const objects = [
    rendered('config', 'topic-provisioning', 'ConfigMap'),
    rendered('schemas', 'schema-provisioning'),
    rendered('topics', 'topic-provisioning'),
  ];

  it('is the rendered one', () => {
    expect(renderedJob(objects, 'topic')).toBe('topics');
    expect(renderedJob(objects, 'schema')).toBe('schemas');
    expect(renderedJob(objects.slice(0, 2), 'topic')).toBeUndefined();
  });
});

describe('an apply first removes', () => {
  it.each([
    ['its own run that has failed', [job(OWN, 'Failed')], false, [OWN]],
    ['not its own that was done', [job(OWN, 'Complete')], false, []],
    ['its own that was done, when it is asked for again', [job(OWN, 'Complete')], true, [OWN]],
    ['not its own that is at work, though it is asked for again', [job(OWN, 'running')], true, []],
    ['its own that another has followed', [job(OWN, 'Complete', 1), job('later', 'Complete', 2)], false, [OWN]],
    ['not its own that has followed another', [job(OWN, 'Complete', 2), job('earlier', 'Complete', 1)], false, []],
    [
      'not its own that is at work while another has followed',
      [job(OWN, 'running', 1), job('later', 'Failed', 2)],
      false,
      [],
    ],
    ['those of other catalogues that are at work', [job('other', 'running'), job('done', 'Failed')], false, ['other']],
  ] as const)('%s', async (_, jobs, again, removed) => {
    const kubectl = new AnsweringKubectl((command) => (command.startsWith('get jobs ') ? items(...jobs) : ''));
    await clearRuns(kubectl, config, { what: 'topic', job: OWN, again });
    expect(kubectl.commands.slice(1)).toEqual(removed.map((name) => `delete job ${name} --ignore-not-found`));
  });
});

describe('the run of a catalogue', () => {
  interface Cluster {
    readonly job?: ReturnType<typeof job>;
    readonly pods?: readonly ReturnType<typeof pod>[];
    readonly logs?: unknown;
  }

  const kubectlOf = (cluster: Cluster) =>
    new AnsweringKubectl((command) => {
      if (command.startsWith('get job ')) return cluster.job ?? '';
      if (command.startsWith('get pods ')) return items(...(cluster.pods ?? []));
      return cluster.logs ?? '';
    });
  const run = (cluster: Cluster) => untilProvisioned(kubectlOf(cluster), { what: 'topic', job: OWN });

  it('is awaited until it succeeds', async () => {
    await expect(run({ job: job(OWN, 'Complete') })).resolves.toBeUndefined();
  });

  it('fails with the first error of its last attempt', async () => {
    const kubectl = kubectlOf({
      job: job(OWN, 'Failed'),
      pods: [pod('first', 1), pod('last', 3), pod('second', 2)],
      logs: '✘ topics applied  0.3 s\n\nThe plan has what is forbidden.\n  fix: change the catalogue\n',
    });
    const told = untilProvisioned(kubectl, { what: 'topic', job: OWN });
    await expect(told).rejects.toThrow(
      'The topics of the catalogue could not be applied:\n    The plan has what is forbidden.\n      fix: change the catalogue',
    );
    expect(kubectl.commands.filter((command) => command.startsWith('logs '))).toEqual([
      expect.stringMatching(/^logs last --container=topics (?!.*--previous)/),
    ]);
  });

  it('is explained by its own pods, not by those of an earlier Job with its name', async () => {
    const kubectl = kubectlOf({ job: job(OWN, 'Complete') });
    await untilProvisioned(kubectl, { what: 'topic', job: OWN });
    expect(kubectl.commands).toContainEqual(
      expect.stringContaining(`get pods --selector batch.kubernetes.io/controller-uid=uid-of-${OWN}`),
    );
  });

  it.each([
    [
      'whose log is gone, with what the kubelet kept',
      { job: job(OWN, 'Failed'), pods: [pod('last', 1, 'Error: no brokers')], logs: refusal('not found') },
      /Error: no brokers/,
    ],
    ['whose pods are gone', { job: job(OWN, 'Failed') }, /its pods are gone, and their logs with them/],
    ['that does not end', { job: job(OWN, 'running') }, /Job kafka-topics-1 is still running/],
    ['that was never made', {}, /there is no Job kafka-topics-1/],
  ])('%s, fails with that reason', async (_, cluster, says) => {
    quickClock();
    await expect(run(cluster)).rejects.toThrow(says);
  });
});
