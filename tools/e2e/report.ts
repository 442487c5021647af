import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Scenario } from './scenario';

export interface Result extends Finding {
  readonly scenario: Scenario;
}

const COLUMNS = ['scenario', 'acked', 'lost', 'phantom', 'duplicate', 'out of order', 'longest stall', 'duration', ''];

/** The results as a Markdown table, which is also readable on a console: the last column is as wide as each text of it. */
export function formatReport(results: readonly Result[]): string {
  const rows = [COLUMNS, ...results.map(row)];
  const widths = COLUMNS.slice(0, -1).map((_, column) =>
    Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const padded = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  };
  const line = (cells: readonly string[]): string => `| ${cells.map(padded).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|---|`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** Writes `report.json` and `report.md`. */
export function writeReport(results: readonly Result[], directory: string): void {
  mkdirSync(directory, { recursive: true });
  const plain = results.map(({ scenario, ...finding }) => ({
    scenario: scenario.name,
    target: scenario.target,
    ...finding,
  }));
  writeFileSync(join(directory, 'report.json'), `${JSON.stringify(plain, null, 2)}\n`);
  writeFileSync(join(directory, 'report.md'), `${formatReport(results)}\n`);
}

function row({ scenario, ok, summary, durationMs, soak }: Result): readonly string[] {
  const { target } = scenario;
  const counts =
    soak === undefined
      ? ['', '', '', '', '']
      : [
          soak.verdict.acked,
          worst(soak.verdict.lost, soak.live.lost),
          worst(soak.verdict.phantom, soak.live.phantom),
          worst(soak.verdict.duplicate, soak.live.duplicate),
          worst(soak.verdict.outOfOrder, soak.live.outOfOrder),
        ].map(String);
  return [
    scenario.name,
    ...counts,
    timeBeside(soak?.longestStallMs, target?.longestStallMs),
    timeBeside(durationMs, target?.durationMs),
    `${ok ? 'passed' : 'FAILED'}: ${summary.split('\n')[0] ?? ''}`,
  ];
}

const worst = (...counts: readonly number[]): number => Math.max(...counts);

/** `1.4 s (< 3 s)`; a time beyond its target is marked. */
function timeBeside(ms: number | undefined, target: number | undefined): string {
  if (ms === undefined) return '';
  const time = `${(ms / 1_000).toFixed(1)} s`;
  if (target === undefined) return time;
  return `${time} (${ms < target ? '<' : 'NOT <'} ${target / 1_000} s)`;
}
