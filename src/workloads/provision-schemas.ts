import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { UserError } from '../console/user-error';
import { registryUrl } from '../render/registry-provider';
import { applySchemas } from '../schemas/apply';
import { registryClient } from '../schemas/registry-client';
import { untilRegistryAnswers } from '../schemas/until-registry-answers';
import { mountedConfig, mountedSubjects } from './environment';

/** A registry starts after the brokers. */
const WITHIN_MS = 10 * 60_000;

/** The Job that makes the registry's subjects those of the catalogue, as soon as the registry answers. */
run(async () => {
  const url = registryUrl(mountedConfig());
  if (url === undefined) {
    throw new UserError(
      'The configuration has no schema registry.',
      'set registry.provider, then render the manifests',
    );
  }
  const subjects = mountedSubjects();
  const registry = registryClient({ url });
  const progress = consoleProgress();
  await progress.step('schema registry', (note) => untilRegistryAnswers({ registry, withinMs: WITHIN_MS, note }));
  await progress.step('schemas applied', async (note) => {
    note((await applySchemas({ registry, subjects, onProgress: note })).summary);
  });
});
