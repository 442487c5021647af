import { alterClusterConfig, type ConfigChange } from '../../../protocol/incremental-alter-configs';
import type { KafkaConnection } from '../../../protocol/connection';
import { UserError } from '../../../validation/user-error';
import { poll } from '../../../waiting/poll';
import { countConfigSteps, formatConfigPlan } from './format-plan';
import type { ConfigStep } from './plan';
import { readConfigPlan, type ConfigTarget } from './read-plan';

const TIMING = { timeoutMs: 40_000 } as const;
const VERIFY_MS = 60_000;
const POLL_MS = 250;

/**
 * Applies the plan to the running brokers and waits until it is in use. A second call changes nothing. Settings that the
 * configuration does not have are left alone.
 * @throws {UserError} before the first change if a step is forbidden or rejected by the brokers; after the change if the
 * cluster still differs
 */
export async function applyConfig(
  target: ConfigTarget,
): Promise<{ readonly steps: readonly ConfigStep[]; readonly summary: string }> {
  const steps = await readConfigPlan(target);
  if (steps.some(({ kind }) => kind === 'forbidden')) {
    throw new UserError(
      `The plan contains forbidden changes; nothing was changed.\n${formatConfigPlan(steps)}`,
      'change the configuration, or allow the changes by the options that the plan names',
    );
  }
  if (steps.some(({ kind }) => kind === 'change')) {
    const change = changeOf(steps);
    await alter(target.connection, change, true);
    await alter(target.connection, change, false);
    await untilInUse(target);
  }
  return { steps, summary: countConfigSteps(steps) };
}

function changeOf(steps: readonly ConfigStep[]): ConfigChange {
  const changes = steps.filter((step) => step.kind === 'change');
  return {
    set: Object.fromEntries(changes.filter(({ by }) => by === 'set').map(({ setting, after }) => [setting, after])),
    remove: changes.filter(({ by }) => by === 'remove').map(({ setting }) => setting),
  };
}

async function alter(connection: KafkaConnection, change: ConfigChange, validateOnly: boolean): Promise<void> {
  const refusals = await alterClusterConfig(connection, change, { validateOnly, ...TIMING });
  if (refusals.length === 0) return;
  throw new UserError(
    `The brokers reject the plan; nothing was changed:\n  ${refusals.map(({ message }) => message).join('\n  ')}`,
    'correct the settings that the brokers name, then apply again',
  );
}

/** Brokers receive the change one after the other. Differences that only a restart removes are not waited for. */
async function untilInUse(target: ConfigTarget): Promise<void> {
  const open = await poll(
    async () => (await readConfigPlan(target)).filter(({ kind }) => kind === 'change' || kind === 'forbidden'),
    { until: ({ length }) => length === 0, withinMs: VERIFY_MS, everyMs: POLL_MS },
  );
  if (open.length === 0) return;
  throw new UserError(
    `The settings still differ from the plan:\n${formatConfigPlan(open)}`,
    'check whether somebody else changes them, then plan again',
  );
}
