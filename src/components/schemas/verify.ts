import type { Step } from './plan';
import { readPlan, type SchemaTarget } from './read-plan';

/** Descriptions of all differences between catalogue and registry; empty if there are none. */
export async function verifySchemas(target: SchemaTarget): Promise<readonly string[]> {
  return differencesIn(await readPlan(target));
}

/** Descriptions of all differences that a plan would remove or refuses to remove. */
export const differencesIn = (steps: readonly Step[]): readonly string[] => steps.flatMap(differences);

function differences(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create':
      return [`${step.subject}: missing`];
    case 'change':
      return [
        ...(step.level === undefined
          ? []
          : [`${step.subject}: compatibility is ${step.level.before} instead of ${step.level.after}`]),
        ...(step.mode === undefined
          ? []
          : [`${step.subject}: mode is ${step.mode.before} instead of ${step.mode.after}`]),
        ...step.register.map(({ version }) => `${step.subject}: version ${version} is missing`),
      ];
    case 'forbidden':
      return step.refused.map(({ reason }) => `${step.subject}: ${reason}`);
    case 'unchanged':
    case 'unmanaged':
      return [];
  }
}
