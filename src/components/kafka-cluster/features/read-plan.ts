import type { KafkaConnection } from '../../../protocol/connection';
import { KafkaError, ask } from '../../../protocol/request';
import { updateFeatures, type FeatureUpdate } from '../../../protocol/update-features';
import { rejectedSteps } from './explain-rejection';
import type { PlanReport } from './format-plan';
import { planFeatures, type FeatureStep } from './plan';
import { readFeatures } from './read-features';
import type { FeatureTarget } from './target';

/** Time limit of the controller for an update, and of the client for the response. */
const TIMEOUT_MS = 30_000;

/**
 * Reads the cluster and plans the changes, without changing anything. The active controller validates the changes,
 * because it knows the registrations of all nodes.
 * @throws {UserError} if no broker answers
 */
export async function readFeaturePlan({ connection, wanted }: FeatureTarget): Promise<PlanReport> {
  const live = await readFeatures(connection);
  const steps = planFeatures({ wanted, live });
  const { notAsked } = live;
  if (steps.some(({ kind }) => kind === 'forbidden') || updatesOf(steps).length === 0) return { steps, notAsked };
  try {
    await update(connection, steps, true);
    return { steps, notAsked };
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { steps: rejectedSteps(steps, error.message, live.gone), notAsked };
  }
}

/** Sends the changes of a plan, all in one request: the active controller makes all of them or none. */
export const update = (
  connection: KafkaConnection,
  steps: readonly FeatureStep[],
  validateOnly: boolean,
): Promise<void> =>
  ask(connection, updateFeatures(updatesOf(steps), { validateOnly, timeoutMs: TIMEOUT_MS }), {
    timeoutMs: TIMEOUT_MS + 10_000,
  });

/** The changes of a plan and nothing else: Kafka's own tool raises every feature of a release at once. */
const updatesOf = (steps: readonly FeatureStep[]): readonly FeatureUpdate[] =>
  steps.flatMap((step) =>
    step.kind === 'change' ? [{ feature: step.feature, level: step.after, isLower: step.after < step.before }] : [],
  );
