import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { bootstrapServers } from '../render/layout';
import { localLayout } from '../render/local-layout';
import { StateDirectory, runningState } from './state';

/** Bootstrap servers of the local platform that runs. @throws {UserError} when none does */
export function runningBootstrap(config: Platform): readonly string[] {
  const directory = new StateDirectory(config);
  const state = runningState(directory);
  if (state === undefined) {
    throw new UserError(
      `No local platform runs in ${directory.path}.`,
      'start it (npm start, or npm run platform -- start), or name a cluster with --bootstrap host:port',
    );
  }
  return bootstrapServers(localLayout(config, { ports: state.ports, directory: directory.broker }));
}
