/** A query for one set of lines of a panel, or for one column of a table. */
export interface Query {
  readonly expr: string;
  /** Grafana's template of a series name; for a table, the title of the column. */
  readonly legend: string;
}

/** Grafana's names of the units. */
export type Unit = 'short' | 'bytes' | 'Bps' | 'reqps' | 'recps' | 'ops' | 'percentunit' | 's' | 'ms';

export type Color = 'green' | 'orange' | 'red' | 'text';

/** Colours by lower bound; the first colour applies below all bounds. */
export type Thresholds = readonly [Color, ...(readonly [from: number, color: Color])[]];

/** A panel of a dashboard, independent of its position. */
export interface Panel {
  readonly kind: 'stat' | 'timeseries' | 'table';
  readonly title: string;
  /** Explains which values are good and which are bad, for readers who see the panel for the first time. */
  readonly description: string;
  readonly queries: readonly Query[];
  readonly unit: Unit;
  readonly thresholds: Thresholds;
  /** Upper end of the axis. @default determined by the values */
  readonly max?: number;
  /** Width in columns of the grid. */
  readonly width: number;
  /** Height in rows of the grid. */
  readonly height: number;
}

type PanelProps = Pick<Panel, 'title' | 'description'> & Partial<Pick<Panel, 'unit' | 'thresholds' | 'max' | 'width'>>;

const PLAIN: Thresholds = ['text'];

/** Green at 0, red above. */
export const ZERO: Thresholds = ['green', [1, 'red']];

/** A single current value. */
export const stat = (expr: string, props: PanelProps): Panel => ({
  kind: 'stat',
  unit: 'short',
  thresholds: PLAIN,
  width: 4,
  height: 4,
  ...props,
  queries: [{ expr, legend: '' }],
});

/** Lines over time. */
export const timeSeries = (queries: readonly Query[], props: PanelProps): Panel => ({
  kind: 'timeseries',
  unit: 'short',
  thresholds: PLAIN,
  width: 8,
  height: 8,
  ...props,
  queries,
});

/** Current values: one column for each query, one row for each set of labels. */
export const table = (queries: readonly Query[], props: PanelProps): Panel => ({
  kind: 'table',
  unit: 'short',
  thresholds: PLAIN,
  width: 12,
  height: 10,
  ...props,
  queries,
});
