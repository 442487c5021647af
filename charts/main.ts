import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KUBERNETES_ENVIRONMENTS } from '../src/config/environments';
import { loadConfig } from '../src/config/load';
import { ConfigError } from '../src/config/problems';
import { platformApp } from './app';

/** Writes the manifests of every Kubernetes environment; none, and removes none, when one of them has a problem. */
function main(outdir: string): void {
  const configs = KUBERNETES_ENVIRONMENTS.map((environment) => ({ environment, config: loadConfig(environment) }));
  const apps = configs.map(({ environment, config }) => {
    const directory = join(outdir, environment);
    return { directory, app: platformApp(config, directory) };
  });
  for (const { directory, app } of apps) {
    // A chart that is gone must not leave its objects behind.
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    app.synth();
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
