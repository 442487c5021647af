import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { UserError } from '../validation/user-error';
import { registryUrl } from '../components/schema-registry/model';
import { applySchemas } from '../components/schemas/apply';
import { registryClient } from '../registry-client/registry-client';
import { untilRegistryAnswers } from '../components/schemas/until-registry-answers';
import { mountedConfig, mountedSubjects } from './mounted-config';

/** The registry starts after the brokers, which takes time. */
const WITHIN_MS = 10 * 60_000;

/** The Job that applies the catalogue of schemas to the registry as soon as the registry answers. */
run(async () => {
  const config = mountedConfig();
  const url = registryUrl(config);
  if (url === undefined) {
    throw new UserError(
      'The configuration has no schema registry.',
      'set registry.provider, then render the manifests',
    );
  }
  const subjects = mountedSubjects();
  const topics = config.topics.map(({ name }) => name);
  const registry = registryClient({ url });
  const progress = consoleProgress();
  await progress.step('schema registry', (note) => untilRegistryAnswers({ registry, withinMs: WITHIN_MS, note }));
  await progress.step('schemas applied', async (note) => {
    note((await applySchemas({ registry, subjects, topics, onProgress: note })).summary);
  });
});
