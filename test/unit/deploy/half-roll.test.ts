import { halfRollOf, halfRolls, remedyOf } from '../../../src/deploy/half-roll';
import type { Pod, StatefulSet } from '../../../src/deploy/objects';
import { AnsweringKubectl, items } from '../../support/answering-kubectl';
import { config, object, setOf } from '../../support/cluster-facts';

const set = (currentRevision: string, updateRevision: string): StatefulSet => ({
  ...setOf('1Gi'),
  status: { currentRevision, updateRevision },
});

const HALF = set('old', 'new');

interface Broker {
  readonly ready?: boolean;
  readonly owner?: string;
}

const pod = (name: string, revision: string, { ready = true, owner = HALF.metadata.uid }: Broker = {}): Pod => ({
  metadata: {
    ...object(name).metadata,
    labels: { 'controller-revision-hash': revision },
    ownerReferences: [{ uid: owner }],
  },
  spec: {},
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});

const BROKEN = pod('kafka-broker-2', 'new', { ready: false });
const PODS = [pod('kafka-broker-0', 'old'), pod('kafka-broker-1', 'old'), BROKEN];

const clusterWith = (found: StatefulSet, pods: readonly Pod[]) =>
  new AnsweringKubectl((command) => {
    if (command.startsWith('get statefulsets ')) return items(found);
    if (command.startsWith('get pods ')) return items(...pods);
    if (command.startsWith('get controllerrevisions.apps old ')) return { ...object('old'), revision: 7 };
    return '';
  });

describe('a set is half rolled', () => {
  it('while it has pods of its newest template and of a former one', () => {
    expect(halfRollOf(HALF, PODS)).toEqual({ newest: [BROKEN], former: PODS.slice(0, 2) });
  });

  it('also when a pod is of a template between the two', () => {
    const between = pod('kafka-broker-1', 'between');
    expect(halfRollOf(HALF, [BROKEN, between])).toEqual({ newest: [BROKEN], former: [between] });
  });

  it.each([
    ['all pods have the newest template', set('new', 'new'), PODS],
    ['no pod has the newest template yet', HALF, PODS.slice(0, 2)],
    ['no pod has a former template any more', HALF, [BROKEN]],
    ['the other pods are of another set', HALF, [BROKEN, pod('kafka-data-100', 'old', { owner: 'another' })]],
  ])('not when %s', (_, found, pods) => {
    expect(halfRollOf(found, pods)).toBeUndefined();
  });
});

describe('of a half roll', () => {
  it('the pods are told, and what to do and not to do', async () => {
    const [text, ...others] = await halfRolls(clusterWith(HALF, PODS), config);
    expect(others).toEqual([]);
    expect(text).toContain(
      'kafka-broker is half rolled: kafka-broker-2 (not ready) with its newest template, kafka-broker-0, kafka-broker-1 with a former one',
    );
    expect(text).toMatch(/This deploy goes on [^]*Delete no pods/);
    expect(text).toMatch(/kubectl -n kafka rollout undo statefulset\/kafka-broker --to-revision=7$/);
  });

  it('nothing is told where there is none', async () => {
    expect(await halfRolls(clusterWith(set('new', 'new'), PODS), config)).toEqual([]);
  });
});

describe('the remedy for pods that do not start', () => {
  it('is another deploy, or the template that the other pods have', async () => {
    const remedy = await remedyOf(clusterWith(HALF, PODS), config, HALF);
    expect(remedy).toMatch(/deploy again, or return to the former template:\n +kubectl .* --to-revision=7\n/);
    expect(remedy).toMatch(/delete none of their pods/);
  });

  it('names no number that is not known', async () => {
    const remedy = await remedyOf(new AnsweringKubectl(() => ''), config, HALF);
    expect(remedy).toMatch(/rollout undo statefulset\/kafka-broker\n/);
  });

  it('is not told for a first template, before which there is none', async () => {
    const kubectl = clusterWith(HALF, PODS);
    expect(await remedyOf(kubectl, config, set('new', 'new'))).toBeUndefined();
    expect(kubectl.commands).toEqual([]);
  });
});
