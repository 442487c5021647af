import type { RegistryProps } from './props';

/** The settings that rules about the registry read, with all defaults applied. */
export interface RegistrySettings {
  readonly registry: RegistryProps;
}
