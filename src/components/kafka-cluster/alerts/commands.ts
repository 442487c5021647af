import { pods, selector } from '../../../monitoring/look';
import { RUNTIME_DIRECTORY } from '../../../kubernetes/runtime-layout';
import type { KafkaClusterConfig } from '../config';
import { passCommand } from '../guard/pass-command';
import { BROKER_CONTAINER, KAFKA_CLUSTER, brokerNames } from '../names';
import { brokerPools } from '../nodes';

/** First things to do, ready to be pasted; those about one node take it from the alert's labels. */
export function commands(config: KafkaClusterConfig) {
  const [first] = brokerPools(config.brokers);
  if (first === undefined) throw new Error('there are no brokers');
  const statefulSet = brokerNames(config).statefulSet(first);
  const kubectl = `kubectl -n ${config.namespace}`;
  const { name, selected } = podOfNode(config, statefulSet);
  return {
    /** Brokers, controller and what is out of sync, as the cluster itself tells; kubectl takes a pod that is ready. */
    describe: `${kubectl} exec statefulset/${statefulSet} -c guard -- node ${RUNTIME_DIRECTORY}/describe.js`,
    /** Why the pod of a node does not run. */
    describePod: `${kubectl} describe pod ${selected}`,
    logs: `${kubectl} logs ${selected} -c ${BROKER_CONTAINER} --tail=200`,
    /** Starts a node anew; its guard sees to it that nothing is lost by that. */
    restart: `${kubectl} delete pod ${selected}`,
    /** Ends what the guard of a node waits for. */
    pass: passCommand({ namespace: config.namespace, pod: name }),
    /** What the guard of a node says. */
    guardLogs: `${kubectl} logs ${selected} -c guard --tail=50`,
    /** The pods of all nodes, as Kubernetes tells of them. */
    pods: pods(config, KAFKA_CLUSTER),
  };
}

/** The pod of the alert's node. Of several pools, the id does not tell which one the node is in: its label finds it. */
function podOfNode(
  config: KafkaClusterConfig,
  statefulSet: string,
): { readonly name: string; readonly selected: string } {
  const id = '{{ $labels.broker }}';
  if (config.brokers.nodePools.length === 1) return { name: `${statefulSet}-${id}`, selected: `${statefulSet}-${id}` };
  const selected = `-l ${selector(config, KAFKA_CLUSTER)},apps.kubernetes.io/pod-index=${id}`;
  return { name: `$(kubectl -n ${config.namespace} get pod ${selected} -o name)`, selected };
}
