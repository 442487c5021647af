import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import { resultFile } from '../console/option-parsers';
import { visibleJson, visibleLines } from '../console/visible';

export interface ResultOptions {
  /** A file name; `true` for standard output. */
  readonly json?: string | true;
}

export const jsonOption = (): Option =>
  new Option('--json [file]', 'the result as JSON, to standard output or a file').argParser(resultFile);

/** Prints a plan. Sets exit code 2 if a step is forbidden. */
export function printPlan(options: ResultOptions, steps: readonly { readonly kind: string }[], text: string): void {
  printResult(options, steps, text);
  if (steps.some(({ kind }) => kind === 'forbidden')) process.exitCode = 2;
}

/** Prints the result as text, unless standard output receives JSON. */
export function printResult({ json }: ResultOptions, result: unknown, text: string): void {
  const asJson = `${visibleJson(result)}\n`;
  if (json === true) process.stdout.write(asJson);
  else console.log(visibleLines(text));
  if (typeof json === 'string') writeFileSync(json, asJson);
}
