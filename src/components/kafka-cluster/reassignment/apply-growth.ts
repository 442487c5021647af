import { seconds } from '../../../validation/units';
import { UserError } from '../../../validation/user-error';
import { poll } from '../../../waiting/poll';
import { endMoves, makeMoves, movedText, resumeMoves, type MoveRun } from './apply-moves';
import { formatGrowthPlan } from './format-growth-plan';
import { planGrowth, type GrowthPlan } from './growth-plan';
import type { Move } from './model';
import { moveOf, type Placement } from './placement';
import { tooSlow } from './plan-problems';
import { readPlacement } from './read-placement';
import { readMeasuredPlacement } from './read-plan';
import type { ReassignmentTarget } from './target';
import { remainsOfMoves } from './verify';

/** Topics that are created meanwhile make another round necessary. */
const ROUNDS = 3;

const VERIFY_MS = seconds(30);

/**
 * Waits for what is being moved already, then makes the moves of the plan, and verifies the result. A second call changes
 * nothing; a call after an interrupted one goes on from the state of the cluster.
 * @throws {UserError} before the first move if the plan is forbidden; if a move fails; if the cluster still differs
 */
export async function applyGrowth(
  target: ReassignmentTarget,
  context: Omit<MoveRun, keyof ReassignmentTarget>,
): Promise<{ readonly moves: readonly Move[]; readonly resumed: number; readonly summary: string }> {
  const run = { ...target, ...context };
  const { moves, resumed } = await endMoves(run, async () => {
    const measured = await readMeasuredPlacement(target.connection);
    const before = await resumeChecked(run, measured);
    return { resumed: before, moves: await moveUntilEven(run, target, measured) };
  });
  const differences = await untilVerified(target);
  if (differences.length > 0)
    throw new UserError(`The moves were made, and the cluster still differs:\n${differences.join('\n')}`, 'plan again');
  const words = resumed === 0 ? '' : `${resumed} partitions were under way; `;
  return { moves, resumed, summary: `${words}${movedText(moves)}` };
}

/** Brokers learn about the removal of throttles one after the other. */
const untilVerified = ({ connection, ...target }: ReassignmentTarget): Promise<readonly string[]> =>
  poll(
    async () => {
      const placement = { ...(await readPlacement(connection)), ingress: new Map<string, number>() };
      return remainsOfMoves(planGrowth({ ...target, placement }), target.wanted);
    },
    { until: ({ length }) => length === 0, withinMs: VERIFY_MS },
  );

/**
 * Waits for what is being moved already.
 * @throws {UserError} if the throttle is below what is written to it
 * @returns number of partitions
 */
export async function resumeChecked(run: MoveRun, placement: Placement): Promise<number> {
  const underWay = placement.underWay.map((one) => moveOf(one, placement.partitions));
  const [problem, ...others] = tooSlow({ placement, throttle: run.throttle }, [underWay]);
  if (problem === undefined) return resumeMoves(run);
  throw new UserError(
    `Partitions are being moved already, and the throttle is too low for them:
${[problem, ...others].map(({ about, reason }) => `  ${about}: ${reason}`).join('\n')}`,
    problem.fix,
  );
}

async function moveUntilEven(
  run: MoveRun,
  target: ReassignmentTarget,
  { ingress }: Placement,
): Promise<readonly Move[]> {
  const made: Move[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = planGrowth({ ...target, placement: { ...(await readPlacement(run.connection)), ingress } });
    requireAllowed(plan);
    if (plan.moves.length === 0) break;
    await makeMoves(run, plan.moves);
    made.push(...plan.moves);
  }
  return made;
}

/** @throws {UserError} if a step of the plan is forbidden */
export function requireAllowed(plan: GrowthPlan): void {
  if (plan.steps.every(({ kind }) => kind !== 'forbidden')) return;
  throw new UserError(
    `The plan is forbidden; nothing was moved.\n${formatGrowthPlan(plan)}`,
    'see the fix of each of these steps',
  );
}
