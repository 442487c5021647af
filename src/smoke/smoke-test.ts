import { randomBytes } from 'node:crypto';
import type { Platform } from '../config/load';
import type { Progress } from '../console/progress';
import { UserError } from '../console/user-error';
import type { Subject } from '../schemas/subject';
import { failed, skipped, type BrokerControl, type Check, type Outcome, type Services } from './check';
import { brokersCheck, catalogueCheck, quorumCheck } from './cluster-checks';
import { internalTopicsCheck } from './internal-topics-check';
import { quietKafka } from '../client/quiet-kafka';
import { ledgerCheck } from './ledger-check';
import { minIsrCheck } from './min-isr-check';
import { prometheusCheck } from './prometheus-check';
import { registryTopicsCheck } from './registry-topics-check';
import { schemasCheck } from './schemas-check';
import { uiCheck } from './ui-check';

const CHECKS: readonly Check[] = [
  brokersCheck,
  quorumCheck,
  internalTopicsCheck,
  catalogueCheck,
  ledgerCheck,
  minIsrCheck,
  registryTopicsCheck,
  schemasCheck,
  uiCheck,
  prometheusCheck,
];

const SETTLE_MS = 15_000;

export interface CheckResult extends Outcome {
  readonly name: string;
  readonly durationMs: number;
}

/** What the smoke test found; the form of its JSON. */
export interface Verdict {
  /** True when no check failed. */
  readonly ok: boolean;
  readonly run: string;
  readonly bootstrap: readonly string[];
  readonly checks: readonly CheckResult[];
}

interface SmokeProps {
  readonly config: Platform;
  readonly bootstrap: readonly string[];
  readonly progress: Progress;
  readonly control?: BrokerControl;
  /** @default none: what is checked of them is skipped */
  readonly services?: Services;
  /** @default none */
  readonly subjects?: readonly Subject[];
  /** @default 15 s */
  readonly settleMs?: number;
}

/** Puts every promise of the configuration to the test against a running cluster; never throws for a failing one. */
export async function smokeTest({
  config,
  bootstrap,
  progress,
  control,
  services = {},
  subjects = [],
  settleMs = SETTLE_MS,
}: SmokeProps): Promise<Verdict> {
  const run = randomBytes(6).toString('hex');
  const target = {
    config,
    bootstrap,
    run,
    settleMs,
    services,
    subjects,
    kafka: quietKafka(bootstrap),
    ...(control === undefined ? {} : { control }),
  };
  const checks: CheckResult[] = [];
  for (const check of CHECKS) {
    if (checks.some(({ details }) => details === UNREACHABLE)) {
      checks.push({ name: check.name, ...skipped('no broker answers'), durationMs: 0 });
      continue;
    }
    const started = Date.now();
    const outcome = await progress.step(
      `check: ${check.name}`,
      (note) => check.run(target, note).catch(failure),
      ({ status }) => status !== 'failed',
    );
    checks.push({ name: check.name, ...outcome, durationMs: Date.now() - started });
  }
  return { ok: checks.every(({ status }) => status !== 'failed'), run, bootstrap, checks };
}

/** Where nobody answers, one failure says it all. */
const UNREACHABLE = 'unreachable';

function failure(error: unknown): Outcome {
  if (error instanceof UserError) return failed(error.message.replaceAll('\n', ' '), UNREACHABLE);
  return failed(error instanceof Error ? error.message : String(error));
}

const MARKS = { passed: 'PASS', failed: 'FAIL', skipped: 'skip' } as const;

/** The verdict for people. */
export function formatVerdict({ ok, checks }: Verdict): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(
    ({ status, name, summary, durationMs }) =>
      `  ${MARKS[status]}  ${name.padEnd(width)}  ${summary}  (${(durationMs / 1_000).toFixed(1)} s)`,
  );
  const skipped = checks.filter(({ status }) => status === 'skipped').length;
  const broken = checks.filter(({ status }) => status === 'failed').length;
  const counts = `${checks.length - skipped - broken} passed, ${broken} failed, ${skipped} skipped`;
  return [
    'Smoke test',
    ...lines,
    `  ${ok ? 'The cluster keeps its promises' : 'The cluster does NOT keep its promises'}: ${counts}`,
  ].join('\n');
}

/** The verdict for machines, in one line. */
export const verdictJson = (verdict: Verdict): string => JSON.stringify(verdict, bigintAsText);

const bigintAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
