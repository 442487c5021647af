import { poll } from '../../waiting/poll';
import { UserError } from '../../validation/user-error';
import { countSteps, formatPlan } from './format-plan';
import type { Step } from './plan';
import { readPlan, type SchemaTarget } from './read-plan';
import type { RegistryClient } from '../../registry-client/registry-client';
import type { Subject } from '../../avro/subject';
import { verifySchemas } from './verify';

const VERIFY_MS = 30_000;
const POLL_MS = 250;

interface ApplyProps extends SchemaTarget {
  /** Receives progress messages. */
  readonly onProgress?: (text: string) => void;
}

type Change = Extract<Step, { readonly kind: 'change' }>;

/**
 * Applies the plan to the registry and verifies the result. A second call changes nothing.
 * @throws {UserError} before the first change if a step is forbidden or the registry's own check rejects a version;
 * after the last change if the registry still differs from the catalogue
 */
export async function applySchemas(
  props: ApplyProps,
): Promise<{ readonly steps: readonly Step[]; readonly summary: string }> {
  const { registry, onProgress: note = () => undefined } = props;
  const steps = await readPlan(props);
  if (steps.some(({ kind }) => kind === 'forbidden')) {
    throw new UserError(
      `The plan has what is forbidden; nothing was changed.\n${formatPlan(steps)}`,
      'correct what each entry names, then apply again',
    );
  }
  note('checking');
  const changed = steps.filter((step) => step.kind === 'change');
  await check(
    registry,
    changed.filter(({ level }) => level === undefined),
  );
  await partly(() => execute(registry, steps, note));
  note('verifying');
  await verified(props);
  return { steps, summary: countSteps(steps) };
}

/** The registry checks the next version of each subject against the subject's current compatibility level. */
async function check(registry: RegistryClient, changed: readonly Change[]): Promise<void> {
  const refusals: string[] = [];
  for (const { subject, register } of changed) {
    const [next] = register;
    if (next === undefined) continue;
    const reasons = await registry.incompatibilities(subject, next.schema);
    refusals.push(...reasons.map((reason) => `${subject} version ${next.version}: ${reason}`));
  }
  if (refusals.length === 0) return;
  throw new UserError(
    `The registry refuses the plan; nothing was registered:\n  ${refusals.join('\n  ')}`,
    'fix the schemas, then apply again',
  );
}

/**
 * New modes and levels are set first. The registry can check new versions only against the level that they are meant
 * for.
 */
async function execute(registry: RegistryClient, steps: readonly Step[], note: (text: string) => void): Promise<void> {
  const relevelled: Change[] = [];
  for (const step of steps) {
    if (step.kind !== 'change') continue;
    if (step.mode !== undefined) await registry.resetMode?.(step.subject);
    if (step.level === undefined) continue;
    await registry.setCompatibility(step.subject, step.level.after);
    relevelled.push(step);
  }
  await check(registry, relevelled);
  for (const [done, step] of steps.entries()) {
    note(`${done} of ${steps.length} subjects`);
    if (step.kind === 'create') await create(registry, step.definition);
    if (step.kind === 'change') await register(registry, step);
  }
}

/**
 * The level is set after the first version, which cannot break anything, and before the versions that it applies to.
 */
async function create(registry: RegistryClient, { subject, compatibility, versions }: Subject): Promise<void> {
  for (const [index, schema] of versions.entries()) {
    await registry.register(subject, schema);
    if (index === 0) await registry.setCompatibility(subject, compatibility);
  }
}

async function register(registry: RegistryClient, { subject, register: versions }: Change): Promise<void> {
  for (const { schema } of versions) await registry.register(subject, schema);
}

async function partly(change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (error instanceof UserError) {
      error.message = `Part of the plan may have been applied; what is done stays done.\n${error.message}`;
    }
    throw error;
  }
}

/** Replicas of a registry receive changes one after the other. */
async function verified(target: SchemaTarget): Promise<void> {
  const differences = await poll(() => verifySchemas(target), {
    until: ({ length }) => length === 0,
    withinMs: VERIFY_MS,
    everyMs: POLL_MS,
  });
  if (differences.length === 0) return;
  throw new UserError(
    `The subjects are still not as planned:\n  ${differences.slice(0, 20).join('\n  ')}`,
    'see whether somebody else changes them, then plan again',
  );
}
