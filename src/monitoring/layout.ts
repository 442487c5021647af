import type { Panel } from './panel';

/** Number of columns of Grafana's grid. */
export const COLUMNS = 24;

/** Panels below one heading. */
export interface Section {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A heading or a panel with its position. */
export type Placed = { readonly place: Place } & ({ readonly heading: string } | { readonly panel: Panel });

/** Places sections below each other and their panels from left to right, as far as they fit. */
export function layout(sections: readonly Section[]): readonly Placed[] {
  let y = 0;
  return sections.flatMap(({ title, panels }) => {
    const heading = { heading: title, place: { x: 0, y, w: COLUMNS, h: 1 } };
    const rows = panels.reduce<Panel[][]>(addToRows, []);
    y += 1;
    const placed = rows.flatMap((row) => {
      const top = y;
      y += Math.max(...row.map(({ height }) => height));
      return row.map((panel, index) => ({ panel, place: { x: widthOf(row.slice(0, index)), y: top, ...size(panel) } }));
    });
    return [heading, ...placed];
  });
}

function addToRows(rows: Panel[][], panel: Panel): Panel[][] {
  const last = rows.at(-1);
  if (last === undefined || widthOf(last) + panel.width > COLUMNS) return [...rows, [panel]];
  return [...rows.slice(0, -1), [...last, panel]];
}

const widthOf = (row: readonly Panel[]): number => row.reduce((sum, { width }) => sum + width, 0);

const size = ({ width, height }: Panel) => ({ w: width, h: height });
