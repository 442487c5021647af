import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Progress } from '../../src/console/progress';
import { shell } from './shell';

/** Brings up kind on machines that reach no container registry, and adds images to its nodes. */
const OFFLINE_KIT = { up: '../shared/kind-offline/up', add: '../shared/kind-offline/add' };

export interface Cluster {
  readonly name: string;
  readonly context: string;
  /** False if the cluster existed before; it is then not deleted. */
  readonly isOurs: boolean;
}

/**
 * The kind cluster of this name, with three workers. It is created if it does not exist. One that exists is left alone: the kit would
 * replace it when its API server is only slow to answer.
 */
export async function ensureCluster(name: string, progress: Progress): Promise<Cluster> {
  const hasKit = existsSync(OFFLINE_KIT.up);
  if (hasKit) usePrograms();
  const existed = await exists(name);
  await progress.step(`kind cluster ${name}`, (note) => {
    if (existed) return Promise.resolve('');
    if (hasKit) return shell(resolve(OFFLINE_KIT.up), ['--name', name], { onLine: note });
    return shell('kind', ['create', 'cluster', '--name', name, '--config', 'tools/e2e/kind.yaml', '--wait', '180s']);
  });
  return { name, context: `kind-${name}`, isOurs: !existed };
}

export const deleteCluster = ({ name }: Cluster): Promise<string> =>
  shell('kind', ['delete', 'cluster', '--name', name]);

export const loadImages = ({ name }: Cluster, images: readonly string[]): Promise<string> =>
  shell('kind', ['load', 'docker-image', ...images, '--name', name]);

/** Sees to it that nodes have an image of a registry; where they reach the registry, they pull it themselves. */
export async function addImage({ name }: Cluster, image: string): Promise<void> {
  if (existsSync(OFFLINE_KIT.add)) await shell(resolve(OFFLINE_KIT.add), [image, '--name', name]);
}

/** Without a kind there is no cluster either, but perhaps a kit that brings it. */
async function exists(name: string): Promise<boolean> {
  const names = await shell('kind', ['get', 'clusters']).catch(() => '');
  return names.split('\n').includes(name);
}

function usePrograms(): void {
  const cache =
    process.env['KIND_OFFLINE_CACHE'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kind-offline');
  process.env['PATH'] = `${join(cache, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
}
