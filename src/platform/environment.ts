import type { SchemaCatalogue } from '../components/schemas/definition';
import type { PlatformInput } from './schema';

/** The definition of an environment: a configuration, and the schemas that are registered in its schema registry. */
export interface Environment extends PlatformInput {
  /** Schemas to register. @default none */
  readonly schemas?: readonly SchemaCatalogue[];
}

/** The configuration of an environment, without its schemas. */
export function configurationOf<T extends Environment>(environment: T): Omit<T, 'schemas'> {
  const configuration: Omit<T, 'schemas'> & { schemas?: unknown } = { ...environment };
  delete configuration.schemas;
  return configuration;
}
