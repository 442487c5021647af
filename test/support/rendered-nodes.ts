import { brokerNames } from '../../src/components/kafka-cluster/names';
import type { NodePool } from '../../src/components/kafka-cluster/node-pool-props';
import { nodesOf } from '../../src/components/kafka-cluster/nodes';
import type { Platform } from '../../src/platform/load';
import { find, mountedConfigMap, type KubernetesObject } from '../../tools/support/manifests';

/** The StatefulSet of a node pool, with the files and the nodes that it has. */
export function renderedNodes(config: Platform, objects: readonly KubernetesObject[], pool: NodePool) {
  const names = brokerNames(config);
  const set = find(objects, 'StatefulSet', names.statefulSet(pool));
  const files = mountedConfigMap(objects, set, 'config').data ?? {};
  const nodes = nodesOf({ nodePools: [pool] }).map((node) => ({
    ...node,
    pod: names.pod(node),
    host: names.podHost(node),
    properties: propertiesIn(files[`${names.pod(node)}.properties`] ?? ''),
  }));
  return { set, files, nodes };
}

function propertiesIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
