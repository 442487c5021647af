import { pods } from '../../../monitoring/look';
import { RUNTIME_DIRECTORY } from '../../../kubernetes/runtime-layout';
import type { KafkaClusterConfig } from '../config';
import { passCommand } from '../guard/pass-command';
import { BROKER_CONTAINER, KAFKA_CLUSTER, brokerNames } from '../names';
import { brokerPools } from '../nodes';

/** First things to do, ready to be pasted; those about one broker take it from the alert's labels. */
export function commands(config: KafkaClusterConfig) {
  const [first] = brokerPools(config.brokers);
  if (first === undefined) throw new Error('there are no brokers');
  const statefulSet = brokerNames(config).statefulSet(first);
  const kubectl = `kubectl -n ${config.namespace}`;
  const theBroker = `${statefulSet}-{{ $labels.broker }}`;
  return {
    /** Brokers, controller and what is out of sync, as the cluster itself tells; kubectl takes a pod that is ready. */
    describe: `${kubectl} exec statefulset/${statefulSet} -c guard -- node ${RUNTIME_DIRECTORY}/describe.js`,
    /** Why a broker's pod does not run. */
    describePod: `${kubectl} describe pod ${theBroker}`,
    logs: `${kubectl} logs ${theBroker} -c ${BROKER_CONTAINER} --tail=200`,
    /** Starts a broker anew; its guard sees to it that nothing is lost by that. */
    restart: `${kubectl} delete pod ${theBroker}`,
    /** Ends what the guard of a broker waits for. */
    pass: passCommand({ namespace: config.namespace, pod: theBroker }),
    /** What the guard of a broker says. */
    guardLogs: `${kubectl} logs ${theBroker} -c guard --tail=50`,
    /** The brokers' pods, as Kubernetes tells of them. */
    pods: pods(config, KAFKA_CLUSTER),
  };
}
