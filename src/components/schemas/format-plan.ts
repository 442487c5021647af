import { countKinds, planLine, planText } from '../../console/plan-text';
import type { Step } from './plan';

/** The plan as text: registrations and settings with old and new values; unchanged subjects as a count. */
export const formatPlan = (steps: readonly Step[]): string =>
  [...passedOverIn(steps), planText(steps, 'subjects', formatStep)].join('\n');

/** `2 to create, 1 unchanged`, and notes. */
export const countSteps = (steps: readonly Step[]): string =>
  [countKinds(steps, 'subjects'), ...notesIn(steps)].join('; ');

/** Differences from the catalogue that are left as they are, one sentence each. */
export const notesIn = (steps: readonly Step[]): readonly string[] => [
  ...passedOverIn(steps),
  ...steps.flatMap((step) =>
    step.kind === 'unmanaged' && step.topic !== undefined ? [`${step.subject} ${unknownText(step.topic)}`] : [],
  ),
];

const unknownText = (topic: string): string => `is a subject of topic ${topic} that the code does not have`;

/** One sentence for each registered version that means the same as a version of the catalogue. */
const passedOverIn = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) =>
    (('passedOver' in step ? step.passedOver : undefined) ?? []).map(
      ({ version: registered, same }) =>
        `${step.subject} version ${registered} means the same as version ${same} of the catalogue`,
    ),
  );

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
        ...(step.mode === undefined ? [] : [`      mode: ${step.mode.before} -> ${step.mode.after}`]),
        ...step.register.map((added) => version(added.version)),
      ].join('\n');
    case 'forbidden':
      return [head, ...step.refused.map(({ reason, fix }) => `      ${reason}\n        fix: ${fix}`)].join('\n');
    case 'unmanaged':
      if (step.topic === undefined) return `${head}  not in the catalogue; left alone`;
      return [
        `${head}  ${unknownText(step.topic)}; left alone`,
        `        enter it in the catalogue of schemas, or once no record needs it, DELETE /subjects/${step.subject}`,
      ].join('\n');
    case 'unchanged':
      return head;
  }
}

const compatibility = (before: string, after: string): string => `      compatibility: ${before} -> ${after}`;

const version = (number: number): string => `      register version ${number}`;
