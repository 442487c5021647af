import { poll } from '../../../waiting/poll';
import { minutes } from '../../../validation/units';
import { commandLine } from '../../../validation/command-line';
import { UserError } from '../../../validation/user-error';
import { requireAllowed, resumeChecked } from './apply-growth';
import { endMoves, makeMoves, movedText, type MoveRun } from './apply-moves';
import { cordonBrokers, registeredOf } from './cordon';
import { planGrowth, type GrowthPlan } from './growth-plan';
import type { Move } from './model';
import { brokersText, partitionName, type LiveBroker, type Placement } from './placement';
import { readBrokers } from './read-brokers';
import { readPlacement } from './read-placement';
import { readMeasuredPlacement } from './read-plan';

/** Topics that are created before the cordon is in effect make another round necessary. */
const ROUNDS = 3;

/** Brokers delete replicas that have moved within seconds. */
const EMPTY_MS = minutes(3);

const POLL_MS = 1_000;

/**
 * Cordons brokers, moves everything away from them, and proves by their disks that nothing is left. A second call changes
 * nothing; a call after an interrupted one goes on from the state of the cluster. Brokers that are cordoned already
 * receive nothing, and are emptied, too.
 * @throws {UserError} before the first change for ids that are not registered, or if the brokers that remain cannot take
 * what moves; if a move fails; if a replica is left
 */
export async function drainBrokers(
  run: MoveRun,
  ids: readonly number[],
): Promise<{ readonly moves: readonly Move[]; readonly summary: string }> {
  const { connection } = run;
  const measured = await readMeasuredPlacement(connection);
  const drained = registeredOf(measured.brokers, ids);
  requireAllowed(planDrain(run, measured, ids));
  await cordonBrokers(connection, drained);
  const moves = await endMoves(run, async () => {
    await resumeChecked(run, measured);
    return moveAway(run, measured, ids);
  });
  await requireEmpty(run, ids);
  return { moves, summary: summaryOf(moves, drained) };
}

/** Spreads all partitions over the brokers that are neither drained nor cordoned. */
export function planDrain(
  { throttle, batch }: Pick<MoveRun, 'throttle' | 'batch'>,
  placement: Placement,
  ids: readonly number[],
): GrowthPlan {
  const leaving = placement.brokers
    .filter(({ id, state }) => ids.includes(id) || state?.isCordoned === true)
    .map(({ id }) => id);
  const wanted = placement.brokers.filter(({ id }) => !leaving.includes(id));
  return planGrowth({ placement, wanted, drained: leaving, throttle, batch });
}

async function moveAway(run: MoveRun, { ingress }: Placement, ids: readonly number[]): Promise<readonly Move[]> {
  const made: Move[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = planDrain(run, { ...(await readPlacement(run.connection)), ingress }, ids);
    requireAllowed(plan);
    if (plan.moves.length === 0) break;
    await makeMoves(run, plan.moves);
    made.push(...plan.moves);
  }
  return made;
}

/** Also finds replicas that no partition names (strays). A broker that does not serve cannot be asked. */
async function requireEmpty({ connection, note }: MoveRun, ids: readonly number[]): Promise<void> {
  const left = await poll(
    async () => {
      const brokers = (await readBrokers(connection)).filter(({ id }) => ids.includes(id));
      const lines = brokers.flatMap(({ id, state }) =>
        (state?.replicas ?? []).map((replica) => `broker ${id} still has ${partitionName(replica)} on its disk`),
      );
      if (lines.length > 0) note(`${lines.length} replicas are still on the disks`);
      return lines;
    },
    { until: ({ length }) => length === 0, withinMs: EMPTY_MS, everyMs: POLL_MS },
  );
  if (left.length === 0) return;
  throw new UserError(
    `Not empty:\n  ${left.join('\n  ')}`,
    'drain again; replicas that no partition names (strays) go when the broker restarts, or are deleted by hand',
  );
}

function summaryOf(moves: readonly Move[], drained: readonly LiveBroker[]): string {
  const ids = drained.map(({ id }) => id);
  const unseen = drained.filter(({ state }) => state === undefined).map(({ id }) => id);
  return [
    `drained: ${brokersText(ids)}: ${movedText(moves)}; no partition has a replica there`,
    ...(unseen.length === 0 ? [] : [`not proven by the disks: ${brokersText(unseen)} cannot be asked`]),
    'next: stop these brokers, lower replicas of their pool, then remove the registrations:',
    `  ${commandLine(`brokers unregister ${ids.join(' ')}`)}`,
    `or, if they are to stay: ${commandLine(`brokers drain --cancel ${ids.join(' ')}`)}`,
  ].join('\n');
}
