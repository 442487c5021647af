import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformApp } from '../../charts/app';
import type { Platform } from '../../src/config/load';

/** Renders a configuration for as long as it is worked with. */
export async function withManifests<T>(config: Platform, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'e2e-manifests-'));
  try {
    platformApp(config, directory).synth();
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
