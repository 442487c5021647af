import type { Step } from './plan';
import { readPlan, type SchemaTarget } from './read-plan';

/** Every difference between the catalogue and the registry, in words; none when it is verified. */
export async function verifySchemas(target: SchemaTarget): Promise<readonly string[]> {
  return (await readPlan(target)).flatMap(differences);
}

function differences(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create':
      return [`${step.subject}: missing`];
    case 'change':
      return [
        ...(step.level === undefined
          ? []
          : [`${step.subject}: compatibility is ${step.level.before} instead of ${step.level.after}`]),
        ...step.register.map(({ version }) => `${step.subject}: version ${version} is missing`),
      ];
    case 'forbidden':
      return step.refused.map(({ reason }) => `${step.subject}: ${reason}`);
    case 'unchanged':
    case 'unmanaged':
      return [];
  }
}
