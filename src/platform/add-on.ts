import type { ApplicationInput } from '../components/application/props';
import type { SchemaCatalogue } from '../components/schemas/definition';
import type { TopicDefinition } from '../components/topics/props';
import type { DeclaredChain } from './declared-chain';

/** A container image with programs, one per file of a folder. Paths are relative to the root of the project. */
export interface ProgramImage {
  readonly name: string;
  /** Folder of the programs. Bundled programs are written to `dist/`, at the path of the folder's parent. */
  readonly programs: string;
  readonly dockerfile: string;
}

/** A set of applications with their own topics and schemas, which an environment includes as a whole. */
export interface AddOn {
  /** Applications by name. */
  readonly applications: Readonly<Record<string, ApplicationInput>>;
  readonly topics: readonly TopicDefinition[];
  /** File that defines the topics, as problems name it: a path relative to the root of the project. */
  readonly topicsFile: string;
  readonly schemas: SchemaCatalogue;
  /** Retry chains of the add-on's consumer groups. */
  readonly retryChains: readonly DeclaredChain[];
  /** Image of the add-on's applications. */
  readonly image: ProgramImage;
}
