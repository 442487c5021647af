import { liveSubjects } from '../components/schemas/live-subjects';
import { registryClient } from '../registry-client/registry-client';
import type { SubjectStatus } from './status';

/** All subjects of a registry, ordered by name. @throws {UserError} if the registry does not answer */
export async function readSchemas(url: string, timeoutMs: number): Promise<readonly SubjectStatus[]> {
  const registry = registryClient({ url, timeoutMs });
  const live = await liveSubjects(registry, (await registry.subjects()).toSorted());
  return live.map(({ subject, compatibility, versions }) => ({
    subject,
    versions: versions.map(({ version }) => version),
    schemaType: versions.at(-1)?.schemaType ?? '',
    compatibility,
  }));
}
