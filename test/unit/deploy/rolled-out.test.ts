import type { Pod, StatefulSet } from '../../../src/deploy/objects';
import { currentPods, type AnyWorkload } from '../../../src/deploy/revision';
import { isRolled, untilBrokersRolled } from '../../../src/deploy/rollout';
import { untilServing } from '../../../src/deploy/serving';
import { loadConfig } from '../../../tools/support/environments';
import { AnsweringKubectl, quickClock, items } from '../../support/answering-kubectl';

const config = loadConfig('kind');

const metadata = (name: string, more: object = {}) => ({
  name,
  uid: `uid-of-${name}`,
  generation: 2,
  resourceVersion: '1',
  creationTimestamp: '',
  ...more,
});

const STATUS = {
  observedGeneration: 2,
  replicas: 3,
  readyReplicas: 3,
  updatedReplicas: 3,
  currentRevision: 'new',
  updateRevision: 'new',
};

const set = (status: object = {}): StatefulSet & { readonly kind: string } => ({
  kind: 'StatefulSet',
  metadata: metadata('kafka-broker'),
  spec: { replicas: 3 },
  status: { ...STATUS, ...status },
});

const deployment = (status: object = {}, component = 'ui'): AnyWorkload => ({
  kind: 'Deployment',
  metadata: metadata(`kafka-${component}`, {
    annotations: { 'deployment.kubernetes.io/revision': '7' },
    labels: { 'app.kubernetes.io/component': component },
  }),
  spec: { replicas: 3 },
  status: { observedGeneration: 2, replicas: 3, readyReplicas: 3, updatedReplicas: 3, ...status },
});

const replicaSet = (hash: string, revision: string, owner = 'uid-of-kafka-ui'): AnyWorkload => ({
  kind: 'ReplicaSet',
  metadata: metadata(`kafka-ui-${hash}`, {
    annotations: { 'deployment.kubernetes.io/revision': revision },
    labels: { 'app.kubernetes.io/component': 'ui', 'pod-template-hash': hash },
    ownerReferences: [{ uid: owner }],
  }),
  spec: { replicas: 1 },
  status: { observedGeneration: 2 },
});

const podOf = (labels: Readonly<Record<string, string>>): Pod => ({
  metadata: metadata(Object.values(labels).join(), { labels }),
  spec: {},
  status: { phase: 'Pending' },
});

const NOT_YET: readonly (readonly [string, object])[] = [
  ['its controller has not seen the newest template', { observedGeneration: 1 }],
  ['a replica is not ready', { readyReplicas: 2 }],
  ['no replica is ready', { readyReplicas: undefined }],
  ['a replica is of the old template', { updatedReplicas: 2 }],
];

afterEach(() => jest.restoreAllMocks());

describe('the pods that are checked', () => {
  const [former, current] = ['old', 'new'].map((hash) => podOf({ 'controller-revision-hash': hash }));
  const [formerUi, currentUi] = ['a', 'b'].map((hash) => podOf({ 'pod-template-hash': hash }));
  const all = [former, current, formerUi, currentUi].map((pod) => pod as Pod);
  const replicaSets = [replicaSet('a', '6'), replicaSet('b', '7')];

  it.each([
    ['are those of the newest template of a StatefulSet', [set()], [current]],
    ['are those of the newest template of a Deployment', [deployment(), ...replicaSets], [currentUi]],
    ['are none of another Deployment', [deployment(), replicaSet('b', '7', 'uid-of-another')], []],
    ['are none while the newest template was not seen', [set({ observedGeneration: 1 })], []],
    ['are none where no revision is told', [set({ updateRevision: undefined })], []],
  ])('%s', (_, workloads, pods) => {
    expect(currentPods(workloads, all)).toEqual(pods);
  });
});

describe('brokers are rolled out', () => {
  it('when all have the newest template and are ready', () => {
    expect(isRolled(set())).toBe(true);
  });

  it.each([...NOT_YET, ['a revision is on its way', { currentRevision: 'old' }] as const])(
    'not while %s',
    async (_, status) => {
      expect(isRolled(set(status))).toBe(false);
      quickClock();
      const kubectl = new AnsweringKubectl((command) =>
        command.startsWith('get statefulset ') ? set(status) : items(),
      );
      await expect(untilBrokersRolled(kubectl, config, () => undefined)).rejects.toThrow(
        /brokers are not ready after \d+ minutes/,
      );
    },
  );
});

describe('brokers that do not come back are told', () => {
  const broker = (name: string, ready: boolean, kafka: object): Pod => ({
    ...podOf({ 'controller-revision-hash': 'new' }),
    metadata: metadata(name, { ownerReferences: [{ uid: 'uid-of-kafka-broker' }] }),
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'kafka', ready, restartCount: 0, state: {}, ...kafka }],
    },
  });

  it('when the wait is over, each with the first error of its log', async () => {
    quickClock();
    const waits = { restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } } };
    const pods = [
      broker('kafka-broker-0', true, {}),
      broker('kafka-broker-1', false, {}),
      broker('kafka-broker-2', false, waits),
    ];
    const kubectl = new AnsweringKubectl((command) => {
      if (command.startsWith('get statefulset ')) return set({ readyReplicas: 1 });
      if (command.startsWith('get pods ')) return items(...pods);
      const time = '2026-11-24T10:00:00.000+00:00';
      return `${time} INFO starting (x)\n${time} ERROR ${command} (x)\nCaused by: deep\n${time} INFO on (x)`;
    });
    const failure = await untilBrokersRolled(kubectl, config, () => undefined).then(() => '', String);
    expect(failure).toMatch(
      /kafka-broker-1 is not ready:\n.* ERROR logs kafka-broker-1 --container=kafka .*\n +Caused by: deep/,
    );
    expect(failure).toMatch(/kafka-broker-2 is not ready:\n.* ERROR logs kafka-broker-2 .* --previous /);
    expect(failure).not.toContain('kafka-broker-0');
  });
});

describe('components other than brokers are available', () => {
  const untilUp = (...workloads: readonly AnyWorkload[]): Promise<void> => {
    quickClock();
    const kubectl = new AnsweringKubectl((command) =>
      command.startsWith('get deployments,') ? items(...workloads) : items(),
    );
    return untilServing(kubectl, config, { components: ['ui'], note: () => undefined });
  };

  it('when all replicas have the newest template and are ready, regardless of former ones', async () => {
    await expect(untilUp(deployment(), replicaSet('a', '6'))).resolves.toBeUndefined();
  });

  it('without those that are not waited for', async () => {
    await expect(untilUp(deployment(), deployment({ readyReplicas: 0 }, 'prometheus'))).resolves.toBeUndefined();
  });

  it.each([...NOT_YET, ['a replica of before is still there', { replicas: 4 }] as const])(
    'not while %s',
    async (_, status) => {
      await expect(untilUp(deployment(status))).rejects.toThrow(/Not ready after 15 minutes: kafka-ui\./);
    },
  );
});
