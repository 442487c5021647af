import { SECURITY_VARIABLES } from '../../client/security-variables';
import type { Naming } from '../../kubernetes/naming';
import type { Milliseconds } from '../../validation/units';
import type { ApplicationSettings, ApplicationsProps } from './props';

/** An application with at least one replica. */
export interface Application extends ApplicationSettings {
  readonly name: string;
}

interface Applications {
  readonly applications: ApplicationsProps;
}

/** The applications of a configuration, in its order. */
export const applicationsOf = ({ applications }: Applications): readonly Application[] =>
  Object.entries(applications)
    .map(([name, props]) => ({ name, ...props }))
    .filter(({ replicas }) => replicas > 0);

/** Name of the application's Deployment. */
export const applicationDeployment = ({ name }: Pick<Naming, 'name'>, application: string): string =>
  `${name}-${application}`;

/** All topics that an application reads or writes, each once. */
export const topicsOf = ({ reads, writes }: Pick<Application, 'reads' | 'writes'>): readonly string[] => [
  ...new Set([...reads, ...writes]),
];

/** Names of the environment variables that every application receives. */
export const APPLICATION_VARIABLES = {
  bootstrap: 'KAFKA_BOOTSTRAP_SERVERS',
  ...SECURITY_VARIABLES,
  registry: 'SCHEMA_REGISTRY_URL',
  rack: 'KAFKA_RACK_ID',
  port: 'SERVICE_PORT',
  host: 'SERVICE_HOST',
  /** A name that differs between replicas. */
  instance: 'INSTANCE',
  shutdownMs: 'SHUTDOWN_MS',
} as const;

/** How brokers that encrypt let an application in, which is a user of its own name. */
export interface ApplicationAccess {
  /** File with the certificates of the authorities (PEM). */
  readonly ca: string;
  readonly username: string;
  /** File with the password. */
  readonly password: string;
}

/** Addresses that an application uses in its environment. */
interface ApplicationPlace {
  /** Addresses of brokers, as `host:port`. */
  readonly bootstrap: readonly string[];
  /** Files and user name by which brokers let it in. @default they ask for nothing */
  readonly access?: ApplicationAccess | undefined;
  /** URL of the registry including its base path; undefined without a registry. */
  readonly registry: string | undefined;
  /** Port of the application's metrics and health endpoints. */
  readonly port: number;
  readonly shutdownMs: Milliseconds;
}

/** The environment variables of an application, except its host and the name of its instance. */
export const applicationEnvironment = (
  application: Pick<Application, 'registry' | 'zone' | 'environment'>,
  { bootstrap, access, registry, port, shutdownMs }: ApplicationPlace,
): Readonly<Record<string, string>> => ({
  [APPLICATION_VARIABLES.bootstrap]: bootstrap.join(','),
  ...(access && {
    [APPLICATION_VARIABLES.ca]: access.ca,
    [APPLICATION_VARIABLES.username]: access.username,
    [APPLICATION_VARIABLES.password]: access.password,
  }),
  ...(application.registry && registry !== undefined && { [APPLICATION_VARIABLES.registry]: registry }),
  ...(application.zone !== undefined && { [APPLICATION_VARIABLES.rack]: application.zone }),
  [APPLICATION_VARIABLES.port]: String(port),
  [APPLICATION_VARIABLES.shutdownMs]: String(shutdownMs),
  ...application.environment,
});
