import type { PlatformInput } from '../schema';
import { kind } from './kind';
import { local } from './local';
import { production } from './production';

/** Environments as data: what differs from the schema's defaults, and nothing else. */
export const environments = { local, kind, production } satisfies Record<string, PlatformInput>;

export type EnvironmentName = keyof typeof environments;

/** Environments that are rendered to manifests. */
export const KUBERNETES_ENVIRONMENTS = ['kind', 'production'] as const satisfies readonly EnvironmentName[];
