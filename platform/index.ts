import { definePlatform } from '../src/platform/definition';
import { environmentSchemas, environments } from './environments';
import { allRetryChains, topicFiles } from './with-examples';

/** The default definition of the commands; `--config` selects another file. */
export default definePlatform({
  environments,
  environmentFile: (name) => `platform/environments/${name}.ts`,
  topics: topicFiles,
  retryChains: allRetryChains,
  schemas: environmentSchemas,
  manifests: 'manifests',
});
