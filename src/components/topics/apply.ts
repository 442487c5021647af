import type { KafkaConnection } from '../../protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import type { Topic } from './topic';
import { UserError } from '../../validation/user-error';
import { createPartitions, type Growth } from '../../protocol/create-partitions';
import { createTopics } from '../../protocol/create-topics';
import { deleteTopics } from '../../protocol/delete-topics';
import { incrementalAlterConfigs, type TopicConfigChange } from '../../protocol/incremental-alter-configs';
import type { Refusal } from '../../protocol/refusal';
import { ask } from '../../protocol/request';
import { countSteps, formatPlan } from './format-plan';
import { batches } from './live-topics';
import { PARTITIONS, type Step } from './plan';
import { TIMING, BATCH, creation, TIMEOUT_MS } from './requests';
import { readPlan, type TopicTarget } from './read-plan';
import { verification } from './verify';
import { withoutTheGone } from './without-the-gone';

const VERIFY_MS = 60_000;
const POLL_MS = 250;

interface ApplyProps extends TopicTarget {
  /** Receives progress messages. */
  readonly onProgress?: (text: string) => void;
}

/**
 * Applies the plan to the cluster and verifies the result. A second call changes nothing.
 * @throws {UserError} before the first change if a step is forbidden or rejected by the brokers; after the last change
 * if the cluster still differs from the catalogue
 */
export async function applyTopics(
  props: ApplyProps,
): Promise<{ readonly steps: readonly Step[]; readonly summary: string }> {
  const steps = await withoutTheGone(props, await readPlan(props));
  if (steps.some(({ kind }) => kind === 'forbidden')) {
    throw new UserError(
      `The plan contains forbidden changes; nothing was changed.\n${formatPlan(steps)}`,
      'change the catalogue, or allow the changes by the options that the plan names',
    );
  }
  const note = props.onProgress ?? (() => undefined);
  await carryOut(props, steps, note);
  note('verifying');
  await verified(props, steps);
  return { steps, summary: countSteps(steps) };
}

/** The brokers validate all requests first; then the same requests are executed. */
async function carryOut({ connection }: TopicTarget, steps: readonly Step[], note: Work['note']): Promise<void> {
  const work = { connection, changes: changesOf(steps), note };
  await execute({ ...work, validateOnly: true });
  await execute({ ...work, validateOnly: false });
}

interface Changes {
  readonly create: readonly Topic[];
  readonly grow: readonly Growth[];
  readonly alter: readonly TopicConfigChange[];
  readonly remove: readonly string[];
}

function changesOf(plan: readonly Step[]): Changes {
  const changed = plan.filter((step) => step.kind === 'change');
  const settings = changed.map(({ topic, changes }) => {
    const own = changes.filter(({ setting }) => setting !== PARTITIONS);
    return {
      topic,
      set: Object.fromEntries(
        own.filter(({ inherits }) => inherits === undefined).map(({ setting, after }) => [setting, after]),
      ),
      remove: own.filter(({ inherits }) => inherits !== undefined).map(({ setting }) => setting),
    };
  });
  return {
    create: plan.flatMap((step) => (step.kind === 'create' ? [step.definition] : [])),
    grow: changed.flatMap(({ topic, changes }) =>
      changes
        .filter(({ setting }) => setting === PARTITIONS)
        .map(({ after }) => ({ topic, partitions: Number(after) })),
    ),
    alter: settings.filter(({ set, remove }) => Object.keys(set).length + remove.length > 0),
    remove: plan.flatMap((step) => (step.kind === 'delete' ? [step.topic] : [])),
  };
}

interface Work {
  readonly connection: KafkaConnection;
  readonly changes: Changes;
  readonly validateOnly: boolean;
  readonly note: (text: string) => void;
}

/** Deletions are executed last. */
async function execute({ connection, changes, validateOnly, note }: Work): Promise<void> {
  const verb = validateOnly ? 'checked' : 'created';
  const options = { validateOnly, timeoutMs: TIMEOUT_MS };
  let done = 0;
  for (const topics of batches(changes.create, BATCH)) {
    requireTaken(validateOnly, await ask(connection, createTopics(topics.map(creation), options), TIMING));
    done += topics.length;
    note(`${done} of ${changes.create.length} topics ${verb}`);
  }
  for (const grown of batches(changes.grow, BATCH)) {
    requireTaken(validateOnly, await ask(connection, createPartitions(grown, options), TIMING));
  }
  for (const alter of batches(changes.alter, BATCH)) {
    requireTaken(validateOnly, await incrementalAlterConfigs(connection, alter, { validateOnly, ...TIMING }));
  }
  if (validateOnly) return;
  for (const topics of batches(changes.remove, BATCH)) {
    requireTaken(false, await ask(connection, deleteTopics(topics, TIMEOUT_MS), TIMING));
  }
}

/** @throws {UserError} with the brokers' reasons for each rejected topic */
function requireTaken(validateOnly: boolean, refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  const when = validateOnly ? 'nothing was changed' : 'part of the plan may have been applied; plan again';
  const messages = refusals.map(({ topic, message }) => `${topic}: ${message}`);
  throw new UserError(
    `The brokers reject the plan; ${when}:\n  ${messages.join('\n  ')}`,
    'correct the settings that the brokers name, then apply again',
  );
}

/**
 * Brokers receive changes one after the other, so verification is repeated. The values that a new topic inherits are
 * known only after its creation; the topic then gets the settings that it needs. A topic that is deleted in the
 * meantime is created again, once. Differences that only a change of broker files can remove are not waited for.
 */
async function verified(target: TopicTarget, steps: readonly Step[]): Promise<void> {
  const created = new Set(steps.filter(({ kind }) => kind === 'create').map(({ topic }) => topic));
  const made = new Set(created);
  const deadline = Date.now() + VERIFY_MS;
  for (;;) {
    const { differences, plan } = await verification(target);
    if (differences.length === 0) return;
    if (Date.now() > deadline) {
      throw new UserError(
        `The topics still differ from the plan:\n  ${differences.slice(0, 20).join('\n  ')}`,
        'check whether somebody else changes them, then plan again',
      );
    }
    const inheriting = plan.filter(({ kind, topic }) => kind === 'change' && created.delete(topic));
    const gone = plan.filter(({ kind, topic }) => kind === 'create' && !made.has(topic));
    for (const { topic } of gone) made.add(topic);
    if (inheriting.length + gone.length > 0) await carryOut(target, [...inheriting, ...gone], () => undefined);
    await delay(POLL_MS);
  }
}
