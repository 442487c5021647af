import { liveSubjects } from '../schemas/live-subjects';
import { registryClient } from '../schemas/registry-client';
import type { SubjectStatus } from './status';

/** Every subject of a registry, in the order of names. @throws {UserError} when it does not answer */
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
