import { poll } from '../../../waiting/poll';
import { UserError } from '../../../validation/user-error';
import { countFeatureSteps, formatFeaturePlan, type PlanReport } from './format-plan';
import { levelText } from './levels';
import type { FeatureStep } from './plan';
import { readFeatures } from './read-features';
import { readFeaturePlan, update } from './read-plan';
import type { FeatureTarget } from './target';

const VERIFY_MS = 60_000;
const POLL_MS = 250;

interface ApplyProps extends FeatureTarget {
  /** Whether changes that cannot be undone are made. @default false */
  readonly irreversible?: boolean;
}

type Change = Extract<FeatureStep, { readonly kind: 'change' }>;

/**
 * Sets the levels of the configuration and no others, then waits until every node that answers uses them. A second call
 * changes nothing.
 * @throws {UserError} before the first change if a step is forbidden, or if it cannot be undone and `irreversible` is
 * not set
 */
export async function applyFeatures(
  props: ApplyProps,
): Promise<{ readonly steps: readonly FeatureStep[]; readonly summary: string }> {
  const { connection, irreversible = false } = props;
  const report = await readFeaturePlan(props);
  requireAllowed(report, irreversible);
  const changes = report.steps.filter((step) => step.kind === 'change');
  if (changes.length > 0) {
    await update(connection, changes, false);
    await untilInUse(props, changes);
  }
  return { steps: report.steps, summary: countFeatureSteps(report.steps) };
}

function requireAllowed(report: PlanReport, irreversible: boolean): void {
  const { steps } = report;
  if (steps.some(({ kind }) => kind === 'forbidden')) {
    throw new UserError(
      `The plan contains forbidden changes; nothing was changed.\n${formatFeaturePlan(report)}`,
      'see the fix of each of these steps',
    );
  }
  if (!irreversible && steps.some((step) => step.kind === 'change' && step.irreversible !== undefined)) {
    throw new UserError(
      `The plan contains changes that cannot be undone; nothing was changed.\n${formatFeaturePlan(report)}`,
      'add --irreversible once nobody wants to return to the release before',
    );
  }
}

/** Nodes read the metadata log one after the other. */
async function untilInUse({ connection }: FeatureTarget, changes: readonly Change[]): Promise<void> {
  const behind = await poll(
    async () => {
      const { nodes } = await readFeatures(connection);
      return nodes.flatMap(({ name, finalized }) =>
        changes
          .filter(({ feature, after }) => (finalized[feature] ?? 0) !== after)
          .map(({ feature, after }) => `${name}: ${feature} is not yet at ${levelText(feature, after)}`),
      );
    },
    { until: ({ length }) => length === 0, withinMs: VERIFY_MS, everyMs: POLL_MS },
  );
  if (behind.length === 0) return;
  throw new UserError(
    `The features were set, but after ${VERIFY_MS / 1_000} s not every node uses them:\n  ${behind.join('\n  ')}`,
    'check whether these nodes follow the metadata of the cluster',
  );
}
