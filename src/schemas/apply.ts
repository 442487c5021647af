import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../console/user-error';
import { countSteps, formatPlan } from './format-plan';
import type { Step } from './plan';
import { readPlan, type SchemaTarget } from './read-plan';
import type { RegistryClient } from './registry-client';
import type { Subject } from './subject';
import { verifySchemas } from './verify';

const VERIFY_MS = 30_000;
const POLL_MS = 250;

interface ApplyProps extends SchemaTarget {
  /** Told what is being done. */
  readonly onProgress?: (text: string) => void;
}

type Change = Extract<Step, { readonly kind: 'change' }>;

/**
 * Makes the registry what the plan says, and verifies it. A second call does nothing.
 * @throws {UserError} before the first change when anything is forbidden, or refused by the registry's own check, and after
 * the last when the registry is still not what it should be
 */
export async function applySchemas(
  props: ApplyProps,
): Promise<{ readonly steps: readonly Step[]; readonly summary: string }> {
  const { registry, onProgress: note = () => undefined } = props;
  const steps = await readPlan(props);
  if (steps.some(({ kind }) => kind === 'forbidden')) {
    throw new UserError(
      `The plan has what is forbidden; nothing was changed.\n${formatPlan(steps)}`,
      'mend what each entry names, then apply again',
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

/** The registry's own opinion of the next version of each subject, by the level that the subject has at the moment. */
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
    'mend the schemas, then apply again',
  );
}

/** New levels come first: only then can the registry say what it thinks of the versions that they are meant for. */
async function execute(registry: RegistryClient, steps: readonly Step[], note: (text: string) => void): Promise<void> {
  const relevelled: Change[] = [];
  for (const step of steps) {
    if (step.kind !== 'change' || step.level === undefined) continue;
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

/** The level comes after the first version, which nothing can break, and before those that could. */
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

/** Replicas of a registry learn of a change one after the other. */
async function verified(target: SchemaTarget): Promise<void> {
  const deadline = Date.now() + VERIFY_MS;
  for (;;) {
    const differences = await verifySchemas(target);
    if (differences.length === 0) return;
    if (Date.now() > deadline) {
      throw new UserError(
        `The subjects are still not as planned:\n  ${differences.slice(0, 20).join('\n  ')}`,
        'see whether somebody else changes them, then plan again',
      );
    }
    await delay(POLL_MS);
  }
}
