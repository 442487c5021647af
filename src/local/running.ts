import type { Platform } from '../platform/load';
import { applicationsOf } from '../components/application/applications';
import type { KafkaConnection } from '../protocol/connection';
import { SCHEMA_REGISTRY } from '../components/schema-registry/names';
import { UserError } from '../validation/user-error';
import type { ClusterLayout } from '../components/kafka-cluster/layout';
import { adminConnection } from './security/connections';
import { localLayout } from '../components/kafka-cluster/local-layout';
import { localTargets } from './local-targets';
import type { Scrape } from '../components/component';
import type { Services } from '../smoke/check';
import { StateDirectory, runningState, type LocalState } from './state';
import { commandLine } from '../validation/command-line';

/** Connection to the running local platform. @throws {UserError} if none runs */
export const runningConnection = (config: Platform, clientId: string): KafkaConnection =>
  adminConnection({ config, layout: runningLayout(config), directory: new StateDirectory(config) }, clientId);

/** Layout of the running local platform. @throws {UserError} if none runs */
export const runningLayout = (config: Platform): ClusterLayout =>
  layoutOf(config, running(config, 'name a cluster with --bootstrap host:port'));

/** Address of the running schema registry, base path included. @throws {UserError} if no platform or no registry runs */
export function runningRegistry(config: Platform): string {
  const remedy = 'name a registry with --registry http://host:port';
  const registry = running(config, remedy).services?.[SCHEMA_REGISTRY];
  if (registry !== undefined) return registry.url;
  throw new UserError(
    'The local platform runs without a schema registry; its start said why.',
    `fix that and start it again, or ${remedy}`,
  );
}

/** Addresses of the local processes other than brokers, by name. @throws {UserError} if no platform runs */
export function runningServices(config: Platform): Services {
  const { services = {} } = running(config, 'name a cluster with --bootstrap host:port');
  return Object.fromEntries(Object.entries(services).map(([name, { url }]) => [name, url]));
}

/** Scrape targets of the local platform's Prometheus. @throws {UserError} if no platform runs */
export function runningScrapes(config: Platform): readonly Scrape[] {
  const state = running(config, 'name a cluster with --bootstrap host:port');
  const { services = {}, servicePorts: ports } = state;
  if (ports === undefined) return [];
  const applications = applicationsOf(config)
    .filter(({ name, metrics }) => metrics && services[name]?.process !== undefined)
    .map(({ name }) => name);
  const registry = services[SCHEMA_REGISTRY] !== undefined;
  return localTargets(config, { layout: layoutOf(config, state), ports, registry, applications });
}

function running(config: Platform, remedy: string): LocalState {
  const directory = new StateDirectory(config);
  const state = runningState(directory);
  if (state !== undefined) return state;
  throw new UserError(
    `No local platform runs in ${directory.path}.`,
    `start it (${commandLine('start')}, or ${commandLine('platform start')}), or ${remedy}`,
  );
}

const layoutOf = (config: Platform, { ports }: LocalState): ClusterLayout =>
  localLayout(config, { ports, directory: new StateDirectory(config).broker });
