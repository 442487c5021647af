import type { ControllerRevision, Pod, Volumes } from '../../../src/deploy/objects';
import { mountedConfigMaps } from '../../../src/deploy/mounted-config-maps';
import { prune, staleObjects, type LiveObject } from '../../../src/deploy/prune';
import { AnsweringKubectl, items } from '../../support/answering-kubectl';
import { object } from '../../support/cluster-facts';

const config = (name: string): LiveObject => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { ...object(name).metadata, managedFields: [{ manager: 'kafka-platform', operation: 'Apply' }] },
});

const volumes = (...names: readonly string[]): Volumes => ({ volumes: names.map((name) => ({ configMap: { name } })) });

const pod = (spec: Volumes): Pod => ({ ...object('kafka-broker-0'), spec, status: { phase: 'Running' } });

const revision = (spec: Volumes): ControllerRevision => ({
  ...object('kafka-broker-5d9c'),
  revision: 4,
  data: { spec: { template: { spec } } },
});

const GENERATIONS = ['config-a', 'config-b', 'config-c', 'config-d'].map(config);

const namesOf = (objects: readonly LiveObject[]): readonly string[] => objects.map(({ metadata }) => metadata.name);

describe('of the files of brokers', () => {
  it('those stay that a pod has, that a former template has, and that are rendered; the others go', () => {
    const mounted = mountedConfigMaps([pod(volumes('config-b', 'format'))], [revision(volumes('config-c'))]);
    const rendered = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config-d' } }];
    expect(namesOf(staleObjects(GENERATIONS, { rendered, mounted }))).toEqual(['config-a']);
  });

  it('all of a pod’s volumes count, and volumes that show no ConfigMap do not', () => {
    const projected = { projected: { sources: [{ configMap: { name: 'config-a' } }, {}] } };
    const mounted = mountedConfigMaps([pod({ volumes: [{}, projected, { projected: {} }] }), pod({})], []);
    expect([...mounted]).toEqual(['config-a']);
  });

  it('a name keeps a ConfigMap alone, and no other object', () => {
    const service: LiveObject = { ...config('config-a'), kind: 'Service' };
    expect(staleObjects([service], { rendered: [], mounted: new Set(['config-a']) })).toEqual([service]);
  });

  it('the pods and templates of this platform’s brokers are asked for, and what they name is not deleted', async () => {
    const kubectl = new AnsweringKubectl((command) => {
      if (command.startsWith('get deployments')) return items(...GENERATIONS);
      if (command.startsWith('get pods')) return items(pod(volumes('config-b')));
      if (command.startsWith('get controllerrevisions.apps')) return items(revision(volumes('config-c')));
      return '';
    });
    const { removed } = await prune(kubectl, { name: 'kafka' }, []);
    expect(removed).toEqual(['ConfigMap config-a', 'ConfigMap config-d']);
    const asked = kubectl.commands.filter((command) => /^get (pods|controllerrevisions)/.test(command));
    expect(asked).toHaveLength(2);
    for (const command of asked)
      expect(command).toContain('app.kubernetes.io/instance=kafka,app.kubernetes.io/component=broker');
  });
});
