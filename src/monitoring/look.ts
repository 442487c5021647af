import { componentLabels } from '../kubernetes/labels';
import type { Naming } from '../kubernetes/naming';

/** Commands, ready to be pasted, that show why pods of a component do not run. */
export const look = (config: Naming, component: string): string =>
  `Find the reason: ${pods(config, component)}; then kubectl -n ${config.namespace} logs -l ${selector(config, component)} --tail=200`;

export const pods = (config: Naming, component: string): string =>
  `kubectl -n ${config.namespace} get pods -l ${selector(config, component)}`;

/** Selects the pods of a component. */
export const selector = (config: Naming, component: string): string =>
  Object.entries(componentLabels(config, component))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
