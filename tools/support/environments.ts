import definition from '../../platform';
import type { EnvironmentName } from '../../platform/environments';
import type { Platform } from '../../src/platform/load';
import { kubernetesEnvironments, platformOf, type Project } from '../../src/platform/project';

const project: Project<EnvironmentName> = { file: 'platform/index.ts', definition };

/** The configuration of an environment of this project. */
export const loadConfig = (environment: EnvironmentName): Platform => platformOf(project, environment);

export const KUBERNETES_ENVIRONMENTS = kubernetesEnvironments(project);
