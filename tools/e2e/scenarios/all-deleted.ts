import { nodesText } from '../../../src/components/kafka-cluster/nodes';
import { componentLabels } from '../../../src/kubernetes/labels';
import { everyNode, underLoad } from '../scenario';

/** A cold boot: every node goes at once, and the names of peers come late, as DNS goes with them. */
export const allDeleted = underLoad('all nodes and DNS deleted at once', async (world) => {
  const { kubectl, config } = world;
  const selector = Object.entries(componentLabels(config, 'broker')).map(([name, value]) => `${name}=${value}`);
  await Promise.all([
    kubectl.run(['delete', 'pods', '--selector', selector.join(','), '--wait=false']),
    kubectl.run(['delete', 'pods', '--namespace', 'kube-system', '--selector', 'k8s-app=kube-dns', '--wait=false']),
  ]);
  return { summary: `${nodesText(config.brokers)}, cold boot`, restarts: everyNode(world) };
});
