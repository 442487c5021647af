import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Topic } from '../config/topics';
import { quietKafka, withAdmin } from '../client/quiet-kafka';
import { UserError } from '../console/user-error';
import { incrementalAlterConfigs, type TopicConfigChange } from '../wire/incremental-alter-configs';
import { countSteps, formatPlan } from './format-plan';
import { batches } from './live-topics';
import { PARTITIONS, type Step } from './plan';
import { readPlan, type TopicTarget } from './read-plan';
import { topicConfig } from './topic-config';
import { verifyTopics } from './verify';

/** Topics in one request. */
const BATCH = 100;

const TIMEOUT_MS = 30_000;
const VERIFY_MS = 60_000;
const POLL_MS = 250;

interface ApplyProps extends TopicTarget {
  /** Told what is being done. */
  readonly onProgress?: (text: string) => void;
}

/**
 * Makes the cluster what the plan says, and verifies it. A second call does nothing.
 * @throws {UserError} before the first change when anything is forbidden or refused by the brokers, and after the last
 * when the cluster is still not what it should be
 */
export async function applyTopics(
  props: ApplyProps,
): Promise<{ readonly steps: readonly Step[]; readonly summary: string }> {
  const steps = await readPlan(props);
  if (steps.some(({ kind }) => kind === 'forbidden')) {
    throw new UserError(
      `The plan has what is forbidden; nothing was changed.\n${formatPlan(steps)}`,
      'change the catalogue, or allow by name what may be allowed',
    );
  }
  await withAdmin(quietKafka(props.bootstrap), async (admin) => {
    const work = {
      admin,
      bootstrap: props.bootstrap,
      changes: changesOf(steps),
      note: props.onProgress ?? (() => undefined),
    };
    await execute({ ...work, validateOnly: true });
    await execute({ ...work, validateOnly: false });
  });
  props.onProgress?.('verifying');
  await verified(props);
  return { steps, summary: countSteps(steps) };
}

interface Changes {
  readonly create: readonly Topic[];
  readonly grow: readonly { readonly topic: string; readonly count: number }[];
  readonly alter: readonly TopicConfigChange[];
  readonly remove: readonly string[];
}

function changesOf(plan: readonly Step[]): Changes {
  const changed = plan.filter((step) => step.kind === 'change');
  const settings = changed.map(({ topic, changes }) => ({
    topic,
    set: Object.fromEntries(
      changes.filter(({ setting }) => setting !== PARTITIONS).map(({ setting, after }) => [setting, after]),
    ),
  }));
  return {
    create: plan.flatMap((step) => (step.kind === 'create' ? [step.definition] : [])),
    grow: changed.flatMap(({ topic, changes }) =>
      changes.filter(({ setting }) => setting === PARTITIONS).map(({ after }) => ({ topic, count: Number(after) })),
    ),
    alter: settings.filter(({ set }) => Object.keys(set).length > 0),
    remove: plan.flatMap((step) => (step.kind === 'delete' ? [step.topic] : [])),
  };
}

interface Work {
  readonly admin: Admin;
  readonly bootstrap: readonly string[];
  readonly changes: Changes;
  readonly validateOnly: boolean;
  readonly note: (text: string) => void;
}

/** First everything is checked by the brokers, then the same requests are made in earnest; deletions come last. */
async function execute({ admin, bootstrap, changes, validateOnly, note }: Work): Promise<void> {
  const verb = validateOnly ? 'checked' : 'created';
  let done = 0;
  for (const topics of batches(changes.create, BATCH)) {
    await refusedAs(validateOnly, () =>
      admin.createTopics({ validateOnly, waitForLeaders: false, timeout: TIMEOUT_MS, topics: topics.map(creation) }),
    );
    done += topics.length;
    note(`${done} of ${changes.create.length} topics ${verb}`);
  }
  for (const topicPartitions of batches(changes.grow, BATCH)) {
    await refusedAs(validateOnly, () => admin.createPartitions({ validateOnly, timeout: TIMEOUT_MS, topicPartitions }));
  }
  for (const alter of batches(changes.alter, BATCH)) {
    const refusals = await incrementalAlterConfigs(bootstrap, alter, { validateOnly });
    if (refusals.length > 0)
      throw refused(
        validateOnly,
        refusals.map(({ topic, message }) => `${topic}: ${message}`),
      );
  }
  if (validateOnly || changes.remove.length === 0) return;
  await refusedAs(false, () => admin.deleteTopics({ topics: [...changes.remove], timeout: TIMEOUT_MS }));
}

const creation = (topic: Topic) => ({
  topic: topic.name,
  numPartitions: topic.partitions,
  replicationFactor: topic.replicationFactor,
  configEntries: Object.entries(topicConfig(topic)).map(([name, value]) => ({ name, value })),
});

async function refusedAs(validateOnly: boolean, request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (error) {
    const { errors } = error as { errors?: readonly (Error & { topic?: string })[] };
    const all = errors ?? [error instanceof Error ? error : new Error(String(error))];
    throw refused(
      validateOnly,
      all.map((one) => `${'topic' in one ? `${String(one.topic)}: ` : ''}${one.message}`),
    );
  }
}

function refused(validateOnly: boolean, messages: readonly string[]): UserError {
  const when = validateOnly ? 'nothing was changed' : 'part of the plan may have been applied; plan again';
  return new UserError(
    `The brokers refuse the plan; ${when}:\n  ${messages.join('\n  ')}`,
    'mend what the brokers name, then apply again',
  );
}

/** Brokers learn of a change one after the other. */
async function verified(target: TopicTarget): Promise<void> {
  const deadline = Date.now() + VERIFY_MS;
  for (;;) {
    const differences = await verifyTopics(target);
    if (differences.length === 0) return;
    if (Date.now() > deadline) {
      throw new UserError(
        `The topics are still not as planned:\n  ${differences.slice(0, 20).join('\n  ')}`,
        'see whether somebody else changes them, then plan again',
      );
    }
    await delay(POLL_MS);
  }
}
