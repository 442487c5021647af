/** Types and functions for writing the definition of a platform. Importing this entry does not load cdk8s. */
export { ConfigError, type Problem } from './validation/problems';
export { definePlatform, type PlatformDefinition } from './platform/definition';
export { parseConfig, type Platform } from './platform/load';
export type { PlatformInput } from './platform/schema';
export type { AddOn, ProgramImage } from './platform/add-on';
export type { ApplicationInput } from './components/application/props';
export type { SchemaCatalogue, SubjectDefinition, VersionDefinition } from './components/schemas/definition';
export type { TopicCatalogue } from './components/topics/topic-place';
export type { UserDefinition } from './components/users/props';
export {
  consumes,
  describesAll,
  grants,
  inspectsTransactions,
  produces,
  reads,
  readsAll,
  retries,
  schemaRegistry,
  transactional,
} from './components/users/roles';
export { retryChain } from './components/topics/retry-chain';
export type { TopicDefinition } from './components/topics/props';
export { smokeTopic } from './smoke/topic';
export * from './validation/units';
