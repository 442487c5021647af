import type { Platform } from '../config/load';
import { workloadNames } from '../render/names';
import { PROMETHEUS_PORT, UI_PORT } from '../render/network-flows';
import { registryProvider } from '../render/registry-provider';

/** What people look at. */
export const SERVICES = ['ui', 'registry', 'prometheus', 'lag'] as const;

export type ServiceName = (typeof SERVICES)[number];

interface ServicePort {
  readonly service: string;
  readonly port: number;
  /** Where there is something to see. */
  readonly path: string;
}

/** Where a service stands; nothing when the configuration has none. */
export function serviceOf(config: Platform, name: ServiceName): ServicePort | undefined {
  const names = workloadNames(config);
  const { monitoring, ui } = config;
  switch (name) {
    case 'ui':
      return ui.enabled ? { service: names.ui, port: UI_PORT, path: '/' } : undefined;
    case 'registry': {
      const provider = registryProvider(config);
      return provider && { service: names.registry, port: provider.port, path: `${provider.basePath}/subjects` };
    }
    case 'prometheus':
      return monitoring.mode === 'prometheus'
        ? { service: names.prometheus, port: PROMETHEUS_PORT, path: '/' }
        : undefined;
    case 'lag':
      return { service: names.lagExporter, port: monitoring.lagExporter.port, path: '/metrics' };
  }
}
