import { topicConfig } from './topic-config';
import type { Step } from './plan';

type Kind = Step['kind'];

const MARKS: Readonly<Record<Kind, string>> = {
  create: '+',
  change: '~',
  delete: '-',
  forbidden: '!',
  unchanged: '=',
  unmanaged: '?',
};

/** The plan for people: what changes with before and after, what does not as a count. */
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
  return counts.length === 0 ? 'no topics' : counts.join(', ');
}

const TO_DO = { create: true, change: true, delete: true };

function formatStep(step: Step): string {
  const head = `${MARKS[step.kind]} ${step.kind.padEnd(9)} ${step.topic}`;
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
