import { liveSubjects } from './live-subjects';
import { planSchemas, type Step } from './plan';
import type { RegistryClient } from './registry-client';
import type { Subject } from './subject';

/** The subjects of a catalogue and the registry that they are held against. */
export interface SchemaTarget {
  readonly registry: RegistryClient;
  readonly subjects: readonly Subject[];
}

/**
 * What would have to be done, read from the registry; changes nothing.
 * @throws {UserError} at once when the registry does not answer
 */
export async function readPlan({ registry, subjects }: SchemaTarget): Promise<readonly Step[]> {
  const names = subjects.map(({ subject }) => subject);
  const all = await registry.subjects();
  return planSchemas({ desired: subjects, live: await liveSubjects(registry, names), all });
}
