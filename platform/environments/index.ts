import { configurationOf } from '../../src/platform/environment';
import { kind } from './kind';
import { local } from './local';
import { production } from './production';

/**
 * The environments as data: only settings that differ from the defaults. All environments but `local` are rendered to
 * manifests.
 */
export const environments = {
  local: configurationOf(local),
  kind: configurationOf(kind),
  production: configurationOf(production),
};

export type EnvironmentName = keyof typeof environments;

/** The schemas to register in each environment's schema registry. */
export const environmentSchemas = { local: local.schemas, kind: kind.schemas, production: production.schemas };
