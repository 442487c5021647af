import { randomBytes } from 'node:crypto';
import { connectKafka } from '../../client/kafka-client';
import { problemText } from '../../console/problem-text';
import type { Progress } from '../../console/progress';
import type { Check, SmokeTarget } from '../../smoke/check';
import { UserError } from '../../validation/user-error';
import { failed, skipped, type Outcome } from '../outcome';
import { messageOf } from '../../validation/message-of';

export interface CheckResult extends Outcome {
  readonly name: string;
  readonly durationMs: number;
}

/** The result of the smoke test, in the form of its JSON. */
export interface Verdict {
  /** True if no check failed. */
  readonly ok: boolean;
  readonly run: string;
  /** Addresses of brokers, as `host:port`. */
  readonly bootstrap: readonly string[];
  readonly checks: readonly CheckResult[];
}

interface RunProps<Config> {
  /** The checks, in the order in which they run. */
  readonly checks: readonly Check<Config>[];
  readonly target: Omit<SmokeTarget<Config>, 'kafka' | 'run'>;
  readonly progress: Progress;
}

/** Runs the checks in sequence. Failing checks are part of the result and never throw. */
export async function runChecks<Config>({ checks, target, progress }: RunProps<Config>): Promise<Verdict> {
  const { connection } = target;
  const run = randomBytes(6).toString('hex');
  const running = { ...target, run, kafka: connectKafka(connection) };
  const results: CheckResult[] = [];
  for (const check of checks) {
    if (results.some(({ details }) => details === UNREACHABLE)) {
      results.push({ name: check.name, ...skipped('no broker answers'), durationMs: 0 });
      continue;
    }
    const started = Date.now();
    const outcome = await progress.step(
      `check: ${check.name}`,
      (note) => check.run(running, note).catch(failure),
      ({ status }) => status !== 'failed',
    );
    results.push({ name: check.name, ...outcome, durationMs: Date.now() - started });
  }
  return {
    ok: results.every(({ status }) => status !== 'failed'),
    run,
    bootstrap: connection.bootstrapServers,
    checks: results,
  };
}

/** If no broker answers, a single failure is reported and the other checks are skipped. */
const UNREACHABLE = 'unreachable';

function failure(error: unknown): Outcome {
  if (error instanceof UserError) return failed(error.message.replaceAll('\n', ' '), UNREACHABLE);
  return failed(problemText(error)?.replaceAll('\n', ' ') ?? messageOf(error));
}

const MARKS = { passed: 'PASS', failed: 'FAIL', skipped: 'skip' } as const;

/** The verdict as text. */
export function formatVerdict({ ok, checks }: Verdict): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(
    ({ status, name, summary, durationMs }) =>
      `  ${MARKS[status]}  ${name.padEnd(width)}  ${summary}  (${(durationMs / 1_000).toFixed(1)} s)`,
  );
  const skipped = checks.filter(({ status }) => status === 'skipped').length;
  const broken = checks.filter(({ status }) => status === 'failed').length;
  const counts = `${checks.length - skipped - broken} passed, ${broken} failed, ${skipped} skipped`;
  return ['Smoke test', ...lines, `  Smoke test ${ok ? 'passed' : 'FAILED'}: ${counts}`].join('\n');
}

/** The verdict as JSON on one line. */
export const verdictJson = (verdict: Verdict): string => JSON.stringify(verdict, bigintAsText);

const bigintAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
