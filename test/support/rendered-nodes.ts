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
    properties: propertiesIn(`${ownLines(files, pool, names.pod(node))}\n${files['pool.properties'] ?? ''}`),
  }));
  return { set, files, nodes };
}

/** What the start script of a pod writes in front of the properties of its pool. */
function ownLines(files: Readonly<Record<string, string>>, pool: NodePool, pod: string): string {
  const [, text = ''] = /<< END\n(.*?)\nEND\n/s.exec(files[`start-${pool.name}.sh`] ?? '') ?? [];
  return text.replaceAll('${HOSTNAME}', pod).replaceAll('${node_id}', pod.replace(/^.*-/, ''));
}

function propertiesIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
