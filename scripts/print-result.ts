import { writeFileSync } from 'node:fs';
import { Option } from 'commander';

export interface ResultOptions {
  /** A file, or standard output. */
  readonly json?: string | true;
}

export const jsonOption = (): Option => new Option('--json [file]', 'the result as JSON, to standard output or a file');

/** The result for people, unless standard output is for machines. */
export function printResult({ json }: ResultOptions, result: unknown, text: string): void {
  const asJson = `${JSON.stringify(result, null, 2)}\n`;
  if (json === true) process.stdout.write(asJson);
  else console.log(text);
  if (typeof json === 'string') writeFileSync(json, asJson);
}
