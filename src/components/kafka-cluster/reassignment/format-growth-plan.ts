import { planLine, planText } from '../../../console/plan-text';
import { formatBytes, formatDuration, seconds } from '../../../validation/units';
import type { GrowthPlan, GrowthStep } from './growth-plan';
import { summarizeMoves } from './moves-summary';
import { diskPeaks } from './plan-problems';

/** The plan as text: topics whose partitions move, what each broker copies and how long it takes, then the counts. */
export function formatGrowthPlan(plan: GrowthPlan): string {
  const steps = planText(plan.steps, 'topics', stepText).split('\n');
  const counts = steps.pop() ?? '';
  return [...steps, ...brokerLines(plan), ...totalLines(plan), counts].join('\n');
}

function stepText(step: GrowthStep): string {
  switch (step.kind) {
    case 'change': {
      const head = planLine('change', step.topic);
      const bytes = formatBytes(summarizeMoves(step.moves).bytes);
      return `${head}  ${step.moves.length} of ${step.partitions} partitions move, ${bytes} to copy`;
    }
    case 'differing': {
      const ids = step.underWay.map(({ partition }) => partition).join(', ');
      return `${planLine('differing', step.topic)}  being moved already: ${ids}; apply waits for them first`;
    }
    case 'forbidden':
      return `${planLine('forbidden', step.about)}  ${step.reason}\n      fix:     ${step.fix}`;
    case 'unchanged':
      return planLine('unchanged', step.topic);
  }
}

/** One line for each broker that takes part. */
function brokerLines({ placement, moves }: GrowthPlan): readonly string[] {
  const peaks = diskPeaks(placement.brokers, moves);
  return summarizeMoves(moves)
    .brokers.filter(({ replicasIn, replicasOut, outgoing }) => replicasIn + replicasOut + outgoing > 0)
    .map(({ id, replicasIn, incoming, outgoing, replicasOut, freed }) => {
      const peak = peaks.find((one) => one.id === id);
      const words = [
        `receives ${replicasIn} replicas (${formatBytes(incoming)})`,
        `sends ${formatBytes(outgoing)}`,
        `gives up ${replicasOut} replicas (${formatBytes(freed)})`,
        ...(peak === undefined ? [] : [`disk at the peak ${formatBytes(peak.bytes)} of ${formatBytes(peak.total)}`]),
      ];
      return `  broker ${id}  ${words.join(', ')}`;
    });
}

function totalLines({ moves, throttle, batch }: GrowthPlan): readonly string[] {
  if (moves.length === 0) return [];
  const summary = summarizeMoves(moves);
  const { replicas, bytes, reordered } = summary;
  const time = formatDuration(seconds(Math.ceil(summary.secondsAt(throttle))));
  const words = [
    `copies ${replicas} replicas, ${formatBytes(bytes)}, at ${formatBytes(throttle)}/s in batches of ${batch} partitions: at least ${time}`,
    ...(reordered === 0 ? [] : [`changes the preferred leader of ${reordered} partitions, which copies nothing`]),
  ];
  return words.map((line) => `  ${line}`);
}
