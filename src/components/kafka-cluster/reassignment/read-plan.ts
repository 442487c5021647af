import type { KafkaConnection } from '../../../protocol/connection';
import { seconds } from '../../../validation/units';
import { planGrowth, type GrowthPlan } from './growth-plan';
import type { Placement } from './placement';
import { readIngress } from './read-ingress';
import { readPlacement } from './read-placement';
import type { ReassignmentTarget } from './target';

/** Time between two readings of the sizes of logs. */
const INGRESS_MS = seconds(3);

/** Reads a placement with the rates of writing. It takes 3 s more. */
export async function readMeasuredPlacement(connection: KafkaConnection): Promise<Placement> {
  const placement = await readPlacement(connection);
  return { ...placement, ingress: await readIngress(connection, placement, INGRESS_MS) };
}

/**
 * Reads the cluster and plans the moves, without changing anything.
 * @throws {UserError} if no broker answers
 */
export const readGrowthPlan = async ({ connection, ...target }: ReassignmentTarget): Promise<GrowthPlan> =>
  planGrowth({ ...target, placement: await readMeasuredPlacement(connection) });
