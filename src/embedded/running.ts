import type { Platform } from '../config/load';
import { SAMPLE_NAMES } from '../config/samples';
import { UserError } from '../console/user-error';
import { bootstrapServers, type ClusterLayout } from '../render/layout';
import { localLayout } from '../render/local-layout';
import { localTargets } from '../render/local-targets';
import type { Services } from '../smoke/check';
import { StateDirectory, runningState, type LocalState } from './state';

/** Bootstrap servers of the local platform that runs. @throws {UserError} when none does */
export function runningBootstrap(config: Platform): readonly string[] {
  return bootstrapServers(layoutOf(config, running(config, 'name a cluster with --bootstrap host:port')));
}

/** Address of the schema registry of the local platform that runs, base path included. @throws {UserError} when none does */
export function runningRegistry(config: Platform): string {
  const remedy = 'name a registry with --registry http://host:port';
  const { services } = running(config, remedy);
  if (services?.registry !== undefined) return services.registry.url;
  throw new UserError(
    'The local platform runs without a schema registry; its start said why.',
    `mend that and start it again, or ${remedy}`,
  );
}

/** What runs beside the brokers of the local platform, for the smoke test. @throws {UserError} when no platform runs */
export function runningServices(config: Platform): Services {
  const state = running(config, 'name a cluster with --bootstrap host:port');
  const { services = {}, servicePorts: ports } = state;
  const registry = services.registry?.url;
  const layout = layoutOf(config, state);
  const samples = SAMPLE_NAMES.filter((name) => services[name]?.process !== undefined);
  return {
    ...(registry === undefined ? {} : { registry }),
    ...(services.prometheus === undefined || ports === undefined
      ? {}
      : {
          prometheus: {
            url: services.prometheus.url,
            targets: localTargets(config, { layout, ports, registry: registry !== undefined, samples }),
          },
        }),
  };
}

function running(config: Platform, remedy: string): LocalState {
  const directory = new StateDirectory(config);
  const state = runningState(directory);
  if (state !== undefined) return state;
  throw new UserError(
    `No local platform runs in ${directory.path}.`,
    `start it (npm start, or npm run platform -- start), or ${remedy}`,
  );
}

const layoutOf = (config: Platform, { ports }: LocalState): ClusterLayout =>
  localLayout(config, { ports, directory: new StateDirectory(config).broker });
