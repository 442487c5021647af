import type { Platform } from '../config/load';
import { workloadNames } from '../render/names';
import { PROMETHEUS_PORT, UI_PORT } from '../render/network-flows';
import { registryUrl } from '../render/registry-provider';
import { kubernetesTargets } from '../render/scrape-targets';
import type { Services } from './check';

/** What runs beside the brokers in Kubernetes, as far as it is ours. */
export function kubernetesServices(config: Platform): Services {
  const { uiHost, prometheusHost } = workloadNames(config);
  const registry = registryUrl(config);
  return {
    ...(registry === undefined ? {} : { registry }),
    ...(config.ui.enabled ? { ui: `http://${uiHost}:${UI_PORT}` } : {}),
    ...(config.monitoring.mode === 'prometheus'
      ? { prometheus: { url: `http://${prometheusHost}:${PROMETHEUS_PORT}`, targets: kubernetesTargets(config) } }
      : {}),
  };
}
