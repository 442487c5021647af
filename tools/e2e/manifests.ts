import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appOf } from '../support/rendering';
import type { Platform } from '../../src/platform/load';
import { applyManifests } from '../../src/deploy/apply';
import { readManifests } from '../../src/deploy/manifests';
import { clearRuns, renderedJob, untilProvisioned } from '../../src/deploy/provisioned';
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

/** Applies a configuration and waits until its topics are provisioned. */
export const provisionConfig = ({ kubectl, cluster: { context } }: World, config: Platform): Promise<void> =>
  withManifests(config, async (directory) => {
    const manifests = readManifests(directory);
    const run = { what: 'topic', job: renderedJob(manifests.objects, 'topic') ?? '' } as const;
    const beforeChange = () => clearRuns(kubectl, config, { ...run, again: false });
    await applyManifests({ kubectl, namespace: config.namespace, context, manifests, beforeChange });
    await untilProvisioned(kubectl, run);
  });
