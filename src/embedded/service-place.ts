import type { Platform } from '../config/load';
import type { ClusterLayout } from '../render/layout';
import type { ServicePorts } from '../render/service-ports';
import type { LocalServiceProps } from './local-service';
import type { ServiceName } from './state';

/** What a service stands beside, and where. */
export interface ServicePlace {
  readonly config: Platform;
  readonly layout: ClusterLayout;
  readonly bootstrap: readonly string[];
  readonly ports: ServicePorts;
  /** That of a service, for its files. */
  readonly directory: (name: ServiceName) => string;
}

/** How a service is run and reached. */
export interface ServiceParts {
  readonly url: string;
  readonly process: Omit<LocalServiceProps, 'logFile' | 'say' | 'onChange'>;
}
