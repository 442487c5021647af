/** One line of a panel, or one column of a table. */
export interface Query {
  readonly expr: string;
  /** Grafana's template of a series' name; the title of a table's column. */
  readonly legend: string;
}

/** Grafana's names of units. */
export type Unit = 'short' | 'bytes' | 'Bps' | 'reqps' | 'recps' | 'ops' | 'percentunit' | 's' | 'ms';

export type Color = 'green' | 'orange' | 'red' | 'text';

/** From a value on, a colour; the first one is the colour below all of them. */
export type Thresholds = readonly [Color, ...(readonly [from: number, color: Color])[]];

/** Something that is seen on a dashboard, wherever it stands. */
export interface Panel {
  readonly kind: 'stat' | 'timeseries' | 'table';
  readonly title: string;
  /** What is good and what is bad, for who sees it for the first time. */
  readonly description: string;
  readonly queries: readonly Query[];
  readonly unit: Unit;
  readonly thresholds: Thresholds;
  /** Upper end of the axis. @default that of the values */
  readonly max?: number;
  /** In columns of the grid. */
  readonly width: number;
  /** In rows of the grid. */
  readonly height: number;
}

type PanelProps = Pick<Panel, 'title' | 'description'> & Partial<Pick<Panel, 'unit' | 'thresholds' | 'max' | 'width'>>;

const PLAIN: Thresholds = ['text'];

/** Good while it is 0. */
export const ZERO: Thresholds = ['green', [1, 'red']];

/** One number of now. */
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

/** Values of now, a column for each query, a row for each set of labels. */
export const table = (queries: readonly Query[], props: PanelProps): Panel => ({
  kind: 'table',
  unit: 'short',
  thresholds: PLAIN,
  width: 12,
  height: 10,
  ...props,
  queries,
});
