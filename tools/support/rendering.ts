import type { App } from 'cdk8s';
import { platformApp } from '../../src/manifests/app';
import { headerOf } from '../../src/manifests/header';
import { renderFiles, type Files } from '../../src/manifests/rendered-files';
import definition from '../../platform';
import { environmentSchemas, type EnvironmentName } from '../../platform/environments';
import type { SchemaCatalogue } from '../../src/components/schemas/definition';
import type { Platform } from '../../src/platform/load';
import { environmentFile, type Project } from '../../src/platform/project';

const project: Project<EnvironmentName> = { file: 'platform/index.ts', definition };

/** The schema catalogues of this project whose topics are in the configuration. */
const schemasFor = ({ topics }: Platform): readonly SchemaCatalogue[] =>
  environmentSchemas.kind.filter(({ definitions }) =>
    definitions.every(({ topic }) => topics.some(({ name }) => name === topic)),
  );

/** An app with the schemas of its topics. */
export const appOf = (config: Platform, outdir: string): App =>
  platformApp({ config, schemas: schemasFor(config), outdir });

/** The rendered files of an environment of this name, with the schemas of its topics. */
export const filesOf = (environment: string, config: Platform): Files =>
  renderFiles(environmentFile(project, environment), { config, schemas: schemasFor(config) });

/** First line of the manifests of an environment of this name. */
export const headerFor = (environment: string): string => headerOf(environmentFile(project, environment));
