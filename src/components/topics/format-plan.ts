import { countKinds, planLine, planText } from '../../console/plan-text';
import { topicConfig } from './topic-config';
import type { Change, Step } from './plan';

/** The plan as text: changes with old and new values; unchanged topics as a count. */
export const formatPlan = (steps: readonly Step[]): string => planText(steps, 'topics', formatStep);

/** `2 to create, 1 unchanged`. */
export const countSteps = (steps: readonly Step[]): string => countKinds(steps, 'topics');

function formatStep(step: Step): string {
  const head = planLine(step.kind, step.topic);
  switch (step.kind) {
    case 'create': {
      const { partitions, replicationFactor } = step.definition;
      const settings = Object.entries(topicConfig(step.definition)).map(([name, value]) => `      ${name} = ${value}`);
      return [`${head}  ${partitions} partitions x ${replicationFactor} replicas`, ...settings].join('\n');
    }
    case 'change':
      return [head, ...step.changes.map(changeText), ...(step.differences ?? []).map(differenceText)].join('\n');
    case 'differing':
      return [head, ...step.differences.map(differenceText)].join('\n');
    case 'forbidden':
      return [
        head,
        ...step.refused.map((refused) =>
          refused.before === ''
            ? `      ${refused.setting}: ${refused.reason}`
            : `${changeText(refused)}: ${refused.reason}`,
        ),
      ].join('\n');
    case 'unmanaged':
      return `${head}  not in the catalogue; left alone`;
    case 'delete':
      return `${head}  with all of its records`;
    case 'unchanged':
      return head;
  }
}

const changeText = ({ setting, before, after, inherits, fix }: Change): string =>
  `      ${setting}: ${before} -> ${after}${inherits === undefined ? '' : ` (inherited: ${inherits})`}${fixText(fix)}`;

const differenceText = ({ setting, before, after, fix }: Change): string =>
  `      ${setting}: ${before} instead of ${after}${fixText(fix)}`;

const fixText = (fix: string | undefined): string => (fix === undefined ? '' : `\n        ${fix}`);
