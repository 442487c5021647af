import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KUBERNETES_ENVIRONMENTS } from '../src/config/environments';
import { loadConfig } from '../src/config/load';
import { ConfigError } from '../src/config/problems';
import { platformApp } from './app';

/** Writes the manifests of every Kubernetes environment; none when one of them has a problem. */
function main(outdir: string): void {
  const configs = KUBERNETES_ENVIRONMENTS.map((environment) => ({ environment, config: loadConfig(environment) }));
  for (const { environment, config } of configs) {
    const directory = join(outdir, environment);
    // A chart that is gone must not leave its objects behind.
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    platformApp(config, directory).synth();
    for (const file of readdirSync(directory)) console.log(join(directory, file));
  }
}

try {
  main(process.env['CDK8S_OUTDIR'] ?? 'manifests');
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
