import { countKinds, planLine, planText } from '../console/plan-text';
import type { Step } from './plan';

/** The plan for people: what is registered and set, with before and after; what does not change as a count. */
export const formatPlan = (steps: readonly Step[]): string => planText(steps, 'subjects', formatStep);

/** `2 to create, 1 unchanged`. */
export const countSteps = (steps: readonly Step[]): string => countKinds(steps, 'subjects');

function formatStep(step: Step): string {
  const head = planLine(step.kind, step.subject);
  switch (step.kind) {
    case 'create':
      return [
        head,
        compatibility('(not set)', step.definition.compatibility),
        ...step.definition.versions.map((_, index) => version(index + 1)),
      ].join('\n');
    case 'change':
      return [
        head,
        ...(step.level === undefined ? [] : [compatibility(step.level.before, step.level.after)]),
        ...step.register.map((added) => version(added.version)),
      ].join('\n');
    case 'forbidden':
      return [head, ...step.refused.map(({ reason, fix }) => `      ${reason}\n        fix: ${fix}`)].join('\n');
    case 'unmanaged':
      return `${head}  not in the catalogue; left alone`;
    case 'unchanged':
      return head;
  }
}

const compatibility = (before: string, after: string): string => `      compatibility: ${before} -> ${after}`;

const version = (number: number): string => `      register version ${number}`;
