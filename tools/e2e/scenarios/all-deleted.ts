import { brokersOf } from '../../../src/components/kafka-cluster/nodes';
import { componentLabels } from '../../../src/kubernetes/labels';
import { everyBroker, underLoad } from '../scenario';

/** A cold boot: every broker goes at once, and the names of peers come late, as DNS goes with them. */
export const allDeleted = underLoad('all brokers and DNS deleted at once', async (world) => {
  const { kubectl, config } = world;
  const selector = Object.entries(componentLabels(config, 'broker')).map(([name, value]) => `${name}=${value}`);
  await Promise.all([
    kubectl.run(['delete', 'pods', '--selector', selector.join(','), '--wait=false']),
    kubectl.run(['delete', 'pods', '--namespace', 'kube-system', '--selector', 'k8s-app=kube-dns', '--wait=false']),
  ]);
  return { summary: `${brokersOf(config.brokers).length} brokers, cold boot`, restarts: everyBroker(world) };
});
