import { schemasSource } from './schemas-source';
import { typesSource } from './types-source';
import { versionedTopics } from './versioned-topic';

/** What `npm run schemas -- types` writes: the path from the root of the repository, and the text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The same catalogue gives the same bytes. @throws {ConfigError} when a file of the catalogue is no schema */
export function generatedFiles(): readonly GeneratedFile[] {
  const topics = versionedTopics();
  return [
    { path: 'src/schemas/events.ts', text: typesSource(topics) },
    { path: 'src/schemas/event-schemas.ts', text: schemasSource(topics) },
  ];
}
