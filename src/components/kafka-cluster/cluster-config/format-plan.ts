import { countKinds, planLine, planText } from '../../../console/plan-text';
import type { ConfigStep } from './plan';

/** The plan as text: all steps but unchanged settings, then the counts. */
export const formatConfigPlan = (steps: readonly ConfigStep[]): string => planText(steps, 'settings', stepText);

/** `1 to change, 20 unchanged`. */
export const countConfigSteps = (steps: readonly ConfigStep[]): string => countKinds(steps, 'settings');

function stepText(step: ConfigStep): string {
  const head = planLine(step.kind, step.setting);
  switch (step.kind) {
    case 'change':
      return `${head}  ${step.before} -> ${step.after}\n      ${step.consequence}`;
    case 'forbidden':
      return `${head}  ${step.before} -> ${step.after}\n      ${step.reason}`;
    case 'differing':
      return `${head}  ${step.before} instead of ${step.after}: ${step.where}\n      ${step.fix}`;
    case 'unmanaged':
      return `${head}  ${step.value} (${step.where}): set by somebody else; left alone`;
    case 'unchanged':
      return head;
  }
}
