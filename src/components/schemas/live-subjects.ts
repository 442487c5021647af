import type { RegisteredVersion, RegistryClient } from '../../registry-client/registry-client';

/** A subject as it is in the registry. */
export interface LiveSubject {
  readonly subject: string;
  /** Compatibility level of the subject; undefined if only the registry's default applies. */
  readonly compatibility: string | undefined;
  /** Mode of the subject; undefined if it has the mode of the registry, or if the mode was not requested. */
  readonly mode?: string;
  /** Versions, oldest first. */
  readonly versions: readonly RegisteredVersion[];
}

/** The requested subjects that exist in the registry. */
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

/**
 * The same subjects with their modes.
 * @param ofAll mode of the registry, which some registries return for subjects without a mode
 */
export async function withModes(
  registry: RegistryClient,
  subjects: readonly LiveSubject[],
  ofAll: string | undefined,
): Promise<readonly LiveSubject[]> {
  const found: LiveSubject[] = [];
  for (const live of subjects) {
    const mode = await registry.mode?.(live.subject);
    found.push(mode === undefined || mode === ofAll ? live : { ...live, mode });
  }
  return found;
}
