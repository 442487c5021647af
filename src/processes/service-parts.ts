import type { LocalServiceProps } from './local-service';

/** How a local process is run and reached. */
export interface ServiceParts {
  readonly url: string;
  readonly process: Omit<LocalServiceProps, 'logFile' | 'say' | 'onChange'>;
}
