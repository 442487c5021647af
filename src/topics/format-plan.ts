import { countKinds, planLine, planText } from '../console/plan-text';
import { topicConfig } from './topic-config';
import type { Step } from './plan';

/** The plan for people: what changes, with before and after; what does not change as a count. */
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
      return [
        head,
        ...step.changes.map(({ setting, before, after }) => `      ${setting}: ${before} -> ${after}`),
      ].join('\n');
    case 'forbidden':
      return [
        head,
        ...step.refused.map(({ setting, before, after, reason }) =>
          before === '' ? `      ${setting}: ${reason}` : `      ${setting}: ${before} -> ${after}: ${reason}`,
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
