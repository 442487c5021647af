import { App, Chart, YamlOutputType } from 'cdk8s';
import type { SchemaCatalogue } from '../components/schemas/definition';
import type { Platform } from '../platform/load';
import { partsOf } from '../platform/parts';

export interface AppProps {
  readonly config: Platform;
  /** Schemas to register. @default none */
  readonly schemas?: readonly SchemaCatalogue[] | undefined;
  /** Output directory. @default the default of cdk8s */
  readonly outdir?: string;
}

const INDEX_DIGITS = 4;

/**
 * An app with one chart, and therefore one file, for each part of a platform, in the order in which the parts are
 * applied.
 */
export function platformApp({ config, schemas, outdir }: AppProps): App {
  const app = new App({
    yamlOutputType: YamlOutputType.FILE_PER_CHART,
    ...(outdir === undefined ? {} : { outdir }),
  });
  // The number in the name determines the order. Dependencies between charts would make synthesis slow: cdk8s then
  // needs time proportional to the product of the charts' sizes.
  for (const [index, { name, addTo }] of partsOf(config, schemas).entries())
    addTo(new Chart(app, `${String(index).padStart(INDEX_DIGITS, '0')}-${name}`));
  return app;
}
