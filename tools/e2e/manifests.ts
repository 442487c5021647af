import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appOf } from '../support/rendering';
import type { Platform } from '../../src/platform/load';
import { applyManifests } from '../../src/deploy/apply';
import { deploy } from '../../src/deploy/deploy';
import { readManifests } from '../../src/deploy/manifests';
import { clearRuns, renderedJob, untilProvisioned } from '../../src/deploy/provisioned';
import { untilBrokersRolled } from '../../src/deploy/rollout';
import type { World } from './world';

/** Renders a configuration into a temporary directory while the given work runs. */
export async function withManifests<T>(config: Platform, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'e2e-manifests-'));
  try {
    appOf(config, directory).synth();
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Applies a configuration like deploy, without waiting. */
export const applyConfig = ({ kubectl, cluster: { context } }: World, config: Platform): Promise<void> =>
  withManifests(config, (directory) =>
    applyManifests({ kubectl, namespace: config.namespace, context, manifests: readManifests(directory) }),
  );

/** Applies a configuration and waits until brokers run it. */
export async function rollConfig(world: World, config: Platform): Promise<void> {
  await applyConfig(world, config);
  await untilBrokersRolled(world.kubectl, config, world.note);
}

/** Deploys a configuration. @param again also runs the Jobs that succeeded before */
export const deployConfig = (world: World, config: Platform, again = false): Promise<void> =>
  withManifests(config, (manifests) => {
    const { kubectl, cluster, progress } = world;
    return deploy({ config, kubectl, context: cluster.context, manifests, again, progress });
  });

/** Applies a configuration and waits until its topics are provisioned. */
export const provisionConfig = ({ kubectl, cluster: { context } }: World, config: Platform): Promise<void> =>
  withManifests(config, async (directory) => {
    const manifests = readManifests(directory);
    const run = { what: 'topic', job: renderedJob(manifests.objects, 'topic') ?? '' } as const;
    const beforeChange = () => clearRuns(kubectl, config, { ...run, again: false });
    await applyManifests({ kubectl, namespace: config.namespace, context, manifests, beforeChange });
    await untilProvisioned(kubectl, run);
  });
