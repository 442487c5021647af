import type { RegisteredVersion, RegistryClient } from './registry-client';

/** A subject as it stands in the registry. */
export interface LiveSubject {
  readonly subject: string;
  /** Its own level; undefined when only the registry's default holds. */
  readonly compatibility: string | undefined;
  /** Oldest first. */
  readonly versions: readonly RegisteredVersion[];
}

/** Those of these subjects that the registry has. */
export async function liveSubjects(
  registry: RegistryClient,
  subjects: readonly string[],
): Promise<readonly LiveSubject[]> {
  const found: LiveSubject[] = [];
  for (const subject of subjects) {
    const versions = await registry.versions(subject);
    if (versions.length === 0) continue;
    found.push({ subject, compatibility: await registry.compatibility(subject), versions });
  }
  return found;
}
