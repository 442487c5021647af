import type { Step } from './plan';

type Kind = Step['kind'];

const MARKS: Readonly<Record<Kind, string>> = {
  create: '+',
  change: '~',
  forbidden: '!',
  unchanged: '=',
  unmanaged: '?',
};

const TO_DO = { create: true, change: true };

/** The plan for people: what is registered and set, with before and after; what does not change as a count. */
export function formatPlan(steps: readonly Step[]): string {
  const told = steps.filter(({ kind }) => kind !== 'unchanged').map(formatStep);
  return [...told, countSteps(steps)].join('\n');
}

/** `2 to create, 1 unchanged`. */
export function countSteps(steps: readonly Step[]): string {
  const counts = (Object.keys(MARKS) as Kind[])
    .map((kind) => [kind, steps.filter((step) => step.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind in TO_DO ? `to ${kind}` : kind}`);
  return counts.length === 0 ? 'no subjects' : counts.join(', ');
}

function formatStep(step: Step): string {
  const head = `${MARKS[step.kind]} ${step.kind.padEnd(9)} ${step.subject}`;
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
