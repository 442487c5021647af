import type { Platform } from '../../config/load';
import { selectorLabels, type Component } from '../labels';
import { brokerNames } from '../names';
import { RUNTIME_DIRECTORY } from '../runtime-layout';

/** First things to do, ready to be pasted; those about one broker take it from the alert's labels. */
export function commands(config: Platform) {
  const { statefulSet } = brokerNames(config);
  const kubectl = `kubectl -n ${config.namespace}`;
  const theBroker = `${statefulSet}-{{ $labels.broker }}`;
  const select = (component: Component): string =>
    Object.entries(selectorLabels(config, component))
      .map(([name, value]) => `${name}=${value}`)
      .join(',');
  return {
    /** Brokers, controller and what is out of sync, as the cluster itself tells; kubectl takes a pod that is ready. */
    describe: `${kubectl} exec statefulset/${statefulSet} -c guard -- node ${RUNTIME_DIRECTORY}/describe.js`,
    /** Why a broker's pod does not run. */
    describePod: `${kubectl} describe pod ${theBroker}`,
    logs: `${kubectl} logs ${theBroker} -c kafka --tail=200`,
    /** Starts a broker anew; its guard sees to it that nothing is lost by that. */
    restart: `${kubectl} delete pod ${theBroker}`,
    pods: (component: Component): string => `${kubectl} get pods -l ${select(component)}`,
    logsOf: (component: Component): string => `${kubectl} logs -l ${select(component)} --tail=200`,
  };
}
