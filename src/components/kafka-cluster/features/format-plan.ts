import { countKinds, planLine, planText } from '../../../console/plan-text';
import { levelText, rangeText, settingOf } from './levels';
import type { FeatureStep } from './plan';

/** A plan, and the nodes that could not be asked. */
export interface PlanReport {
  readonly steps: readonly FeatureStep[];
  /** Names and addresses of the nodes. */
  readonly notAsked: readonly string[];
}

/** The plan as text: all steps but unchanged features, then the counts and the nodes that could not be asked. */
export function formatFeaturePlan({ steps, notAsked }: PlanReport): string {
  const text = planText(steps, 'features', stepText);
  if (notAsked.length === 0) return text;
  return `${text}\nnot asked: ${notAsked.join(', ')}; the active controller checks the registrations of these nodes before a change`;
}

/** `1 to change, 6 unmanaged`. */
export const countFeatureSteps = (steps: readonly FeatureStep[]): string => countKinds(steps, 'features');

function stepText(step: FeatureStep): string {
  const { feature } = step;
  const head = planLine(step.kind, feature);
  switch (step.kind) {
    case 'change':
      return [
        `${head}  ${levelText(feature, step.before)} -> ${levelText(feature, step.after)}`,
        ...(step.irreversible === undefined
          ? []
          : [`      cannot be undone: ${step.irreversible}; apply needs --irreversible`]),
      ].join('\n');
    case 'forbidden':
      return [
        `${head}  ${levelText(feature, step.before)} -> ${levelText(feature, step.after)}`,
        `      ${step.reason}`,
        `      allowed: ${step.allowed}`,
        `      fix:     ${step.fix}`,
      ].join('\n');
    case 'unmanaged':
    case 'unchanged': {
      const supported = step.supported === undefined ? '' : ` (supported: ${rangeText(feature, step.supported)})`;
      const note = step.kind === 'unmanaged' ? `; left alone, as ${settingOf(feature)} is not set` : '';
      return `${head}  ${levelText(feature, step.level)}${supported}${note}`;
    }
  }
}
