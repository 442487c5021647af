/** A measured value and its reference. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly reference: string;
  /** The decisive ratio of our value to the reference, and its required minimum. */
  readonly ratio: number;
  readonly target: { readonly atLeast: number } | { readonly atMost: number };
}

const TITLES = ['clients', 'figure', 'reference', 'ratio', 'target', ''];

export const isReached = ({ ratio, target }: Figure): boolean =>
  'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;

export function table(figures: readonly Figure[]): string {
  const rows = [TITLES, ...figures.map(row)];
  const widths = TITLES.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const row = (figure: Figure): readonly string[] => {
  const { what, measured, reference, ratio, target } = figure;
  const limit = 'atLeast' in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`;
  return [what, measured, reference, ratio.toFixed(2), limit, isReached(figure) ? '' : 'MISSED'];
};
