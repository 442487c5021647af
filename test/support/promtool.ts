import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describeWith } from './on-path';

/** Describes tests with promtool. */
export const describeWithPromtool = (title: string, body: () => void): void => describeWith('promtool', title, body);

/** A query and its expected series, in promtool's form. */
export interface Expectation {
  readonly expr: string;
  /** A time such as `3m`. */
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test?: readonly Expectation[];
  /** Expected firing alerts with their texts. */
  readonly alert_rule_test?: readonly {
    readonly alertname: string;
    readonly eval_time: string;
    readonly exp_alerts: readonly {
      readonly exp_labels: Readonly<Record<string, string>>;
      readonly exp_annotations: Readonly<Record<string, string>>;
    }[];
  }[];
}

/** @throws with the output of promtool if a rule file is invalid */
export const checkRules = (rules: string): void => promtool(['check', 'rules', 'rules.yml'], { 'rules.yml': rules });

/** @throws with the output of promtool if rules do not behave as expected */
export const testRules = (rules: string, test: RuleTest): void =>
  promtool(['test', 'rules', 'test.yml'], {
    'rules.yml': rules,
    'test.yml': stringify({ rule_files: ['rules.yml'], evaluation_interval: '1m', tests: [test] }),
  });

function promtool(args: readonly string[], files: Readonly<Record<string, string>>): void {
  const directory = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    execFileSync('promtool', args, { cwd: directory, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout ?? ''}${stderr ?? String(error)}`, { cause: error });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
