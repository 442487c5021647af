import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyManifests } from '../../../src/deploy/apply';
import { readManifests } from '../../../src/deploy/manifests';
import { prune } from '../../../src/deploy/prune';
import { AnsweringKubectl, items, refusal, type Answers } from '../../support/answering-kubectl';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'manifests-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);

const THERE = { metadata: { name: 'kafka' } };
const isTry = (command: string): boolean => command.includes('--dry-run=server');
const isNamespace = (command: string): boolean => command.endsWith('--filename -');

describe('manifests', () => {
  it('are the synthesized files, in order, with every object', () => {
    write('0001-b.k8s.yaml', '# Rendered\nkind: B\n---\nkind: C\n---\n');
    write('0000-a.k8s.yaml', 'kind: A\n');
    write('kustomization.yaml', 'kind: Kustomization\n');
    const { files, objects } = readManifests(directory);
    expect(files).toEqual(['0000-a.k8s.yaml', '0001-b.k8s.yaml'].map((name) => join(directory, name)));
    expect(objects.map(({ kind }) => kind)).toEqual(['A', 'B', 'C']);
  });

  it.each(['', 'missing'])('that are missing are reported with the command that writes them: %j', (under) => {
    expect(() => readManifests(join(directory, under))).toThrow(/has no manifests\.[^]*npm run synth/);
  });
});

describe('an apply', () => {
  async function apply(answers: Answers) {
    write('0000-a.k8s.yaml', 'kind: A\n');
    const kubectl = new AnsweringKubectl(answers);
    const steps: string[] = [];
    const failure = await applyManifests({
      kubectl,
      namespace: 'kafka',
      context: 'here',
      manifests: readManifests(directory),
      beforeChange: () => Promise.resolve(void steps.push(`after ${kubectl.commands.length}`)),
    }).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    return { commands: kubectl.commands, failure, steps };
  }

  it('tries everything before it changes anything, and forces conflicts with other managers', async () => {
    const { commands, failure, steps } = await apply(() => THERE);
    expect({ failure, steps }).toEqual({ failure: undefined, steps: ['after 2'] });
    expect(commands.slice(1).map(isTry)).toEqual([true, false]);
    for (const command of commands.slice(1))
      expect(command).toMatch(
        /^apply --server-side --force-conflicts --field-manager=kafka-platform .*0000-a\.k8s\.yaml$/,
      );
  });

  it.each([
    ['in a namespace that is there', THERE, false],
    ['in a new one, which goes again', '', true],
  ])('that is refused changes nothing, %s', async (_, found, goes) => {
    const { commands, failure, steps } = await apply((command) =>
      command.startsWith('get namespace') ? found : isTry(command) ? refusal('spec.x: Invalid value') : '',
    );
    expect(failure).toMatch(/^UserError: here rejects a part of .*; nothing was applied:\n {2}spec\.x: Invalid value$/);
    expect(steps).toEqual([]);
    expect(
      commands.filter((command) => command.startsWith('apply') && !isTry(command) && !isNamespace(command)),
    ).toEqual([]);
    expect(commands.some((command) => command.startsWith('delete namespace kafka '))).toBe(goes);
  });

  it('reports what is left if the new namespace cannot be deleted', async () => {
    const { failure } = await apply((command) => (isTry(command) || command.startsWith('delete') ? refusal('no') : ''));
    expect(failure).toMatch(/nothing was applied but the namespace kafka, which is empty and is being deleted/);
  });

  it('reports that the rest was applied if a part is refused after the trial', async () => {
    const { failure } = await apply((command) =>
      command.startsWith('get') ? THERE : isTry(command) ? '' : refusal('too many'),
    );
    expect(failure).toMatch(/; the rest was applied:\n {2}too many$/);
  });

  it.each([
    'The Job "a" is invalid: spec.template: Invalid value: field is immutable',
    'The StatefulSet "a" is invalid: spec: Forbidden: updates to statefulset spec for fields other than "replicas"',
  ])('reports the fix for an object that cannot change in place: %s', async (output) => {
    const { failure } = await apply((command) => (isTry(command) ? refusal(output) : THERE));
    expect(failure).toMatch(/fix: restore the fields that cannot change in place, or delete the named object/);
  });

  it('names the commands for workloads that cannot change in place, and keeps brokers running', async () => {
    const labels = { 'app.kubernetes.io/component': 'broker' };
    write('0001-b.k8s.yaml', JSON.stringify({ kind: 'StatefulSet', metadata: { name: 'kafka-broker', labels } }));
    const output = [
      'Error from server (Invalid): Deployment.apps "kafka-ui" is invalid: spec.selector: Invalid value: {}: field is immutable',
      'The Deployment "other" is invalid: spec.replicas: Invalid value: -1',
      'The StatefulSet "kafka-broker" is invalid: spec: Forbidden: updates to statefulset spec for fields other than',
    ];
    const { failure } = await apply((command) => (isTry(command) ? refusal(output.join('\n')) : THERE));
    expect(failure?.split('\n').filter((line) => line.includes('kubectl '))).toEqual([
      '      kubectl --context here -n kafka delete deployment kafka-ui',
      '      kubectl --context here -n kafka delete statefulset kafka-broker --cascade=orphan',
    ]);
  });

  it('waits for no namespace that is being deleted', async () => {
    const going = { metadata: { name: 'kafka', deletionTimestamp: '2026-11-29T06:00:00Z' } };
    const { commands, failure } = await apply(() => going);
    expect(failure).toMatch(/is being deleted; nothing was applied\.[^]*kubectl wait --for=delete namespace\/kafka/);
    expect(commands).toHaveLength(1);
  });

  it('reports how to create a namespace that it may not create', async () => {
    const { commands, failure } = await apply((command) => (isNamespace(command) ? refusal('forbidden') : ''));
    expect(failure).toMatch(/has no namespace kafka, and refuses to create it; nothing was applied:\n {2}forbidden/);
    expect(failure).toContain(
      'kubectl --context here create namespace kafka && kubectl --context here label namespace kafka ',
    );
    expect(failure).toContain('pod-security.kubernetes.io/enforce=restricted');
    expect(commands).toHaveLength(2);
  });
});

describe('pruning', () => {
  const APPLIED = [{ manager: 'kafka-platform', operation: 'Apply' }];

  interface Found {
    readonly kind?: string;
    readonly apiVersion?: string;
    readonly metadata?: object;
  }

  async function pruned(found: Found, served = '') {
    const { kind = 'ConfigMap', apiVersion = 'v1', metadata } = found;
    const object = { kind, apiVersion, metadata: { name: 'old', managedFields: APPLIED, ...metadata } };
    const kubectl = new AnsweringKubectl((command) =>
      command.startsWith('api-resources') ? served : command.startsWith('get deployments') ? items(object) : items(),
    );
    const rendered = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kept' } }];
    const { removed, left } = await prune(kubectl, { name: 'kafka' }, rendered);
    const commands = kubectl.commands.filter((command) => command.startsWith('delete '));
    return { removed, left, commands, asked: kubectl.commands.find((command) => command.startsWith('get ')) ?? '' };
  }

  it.each([
    ['ConfigMap', 'v1', 'ConfigMap old'],
    ['Deployment', 'apps/v1', 'Deployment.v1.apps old'],
    ['StatefulSet', 'apps/v1', 'StatefulSet.v1.apps old'],
    ['PodMonitor', 'monitoring.coreos.com/v1', 'PodMonitor.v1.monitoring.coreos.com old'],
  ])('deletes a %s that is not rendered, by its kind and group', async (kind, apiVersion, named) => {
    const { removed, commands } = await pruned({ kind, apiVersion });
    expect(removed).toEqual([`${kind} old`]);
    expect(commands).toEqual([`delete ${named} --ignore-not-found --wait=false`]);
  });

  it('deletes a ConfigMap of the brokers, too: only their set has data', async () => {
    const { removed } = await pruned({ metadata: { labels: { 'app.kubernetes.io/component': 'broker' } } });
    expect(removed).toEqual(['ConfigMap old']);
  });

  it.each<readonly [string, Found]>([
    ['what is rendered', { metadata: { name: 'kept' } }],
    ['what is going already', { metadata: { deletionTimestamp: '2026-11-29T06:00:00Z' } }],
    ['what belongs to another object', { kind: 'Job', metadata: { ownerReferences: [{ uid: 'a' }] } }],
    ['brokers', { kind: 'StatefulSet', metadata: { labels: { 'app.kubernetes.io/component': 'broker' } } }],
  ])('keeps %s, and does not report it', async (_, found) => {
    expect(await pruned(found)).toMatchObject({ removed: [], left: [], commands: [] });
  });

  it.each([
    ['another manager', [{ manager: 'helm', operation: 'Apply' }]],
    ['an edit of this one', [{ manager: 'kafka-platform', operation: 'Update' }]],
    ['nobody', undefined],
  ])('keeps and reports an object applied by %s', async (_, managedFields) => {
    expect(await pruned({ metadata: { managedFields } })).toMatchObject({
      removed: [],
      left: ['ConfigMap old'],
      commands: [],
    });
  });

  it('lists only objects of this platform, without kinds that hold data, and only served kinds', async () => {
    const { asked } = await pruned({});
    expect(asked).toContain('--selector=app.kubernetes.io/instance=kafka,');
    expect(asked).toContain('--show-managed-fields');
    expect(asked).not.toMatch(/claims|volumes|secrets|namespaces|definitions|monitoring\.coreos\.com/);
    const operator = await pruned({}, 'prometheusrules.monitoring.coreos.com\n');
    expect(operator.asked).toContain(',prometheusrules.monitoring.coreos.com ');
    expect(operator.asked).not.toContain('podmonitors');
  });
});
