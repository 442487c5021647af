import { DATA_SOURCE } from './data-source';
import type { Placed } from './layout';
import type { Panel, Query, Thresholds } from './panel';

/** Letters that identify the queries of a panel in Grafana. */
const REF_IDS = 'ABCDEFGH';

/** A panel or a heading in Grafana's classic model. @param index number of the panel on the dashboard */
export function panelJson(placed: Placed, index: number) {
  const common = { id: index + 1, gridPos: placed.place };
  if ('heading' in placed) return { ...common, type: 'row', title: placed.heading, collapsed: false, panels: [] };
  const { panel } = placed;
  return {
    ...common,
    type: panel.kind,
    title: panel.title,
    description: panel.description,
    datasource: DATA_SOURCE,
    targets: panel.queries.map((query, position) => target(panel, query, position)),
    fieldConfig: { defaults: defaults(panel), overrides: [] },
    options: OPTIONS[panel.kind],
    ...(panel.kind === 'table' ? { transformations: columns(panel) } : {}),
  };
}

function target({ kind }: Panel, { expr, legend }: Query, position: number) {
  return {
    refId: REF_IDS.charAt(position),
    datasource: DATA_SOURCE,
    expr,
    legendFormat: legend,
    ...(kind === 'timeseries' ? { range: true } : { instant: true }),
    ...(kind === 'table' ? { format: 'table' } : {}),
  };
}

function defaults({ kind, unit, thresholds, max }: Panel) {
  return {
    unit,
    min: 0,
    ...(max === undefined ? {} : { max }),
    color: { mode: kind === 'timeseries' ? 'palette-classic' : 'thresholds' },
    thresholds: { mode: 'absolute', steps: steps(thresholds) },
    ...(kind === 'timeseries' ? { custom: { lineWidth: 1, fillOpacity: 10, showPoints: 'never' } } : {}),
  };
}

const steps = ([below, ...further]: Thresholds) => [
  { value: null, color: below },
  ...further.map(([value, color]) => ({ value, color })),
];

const OPTIONS: Readonly<Record<Panel['kind'], object>> = {
  stat: { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, colorMode: 'value', graphMode: 'area' },
  timeseries: {
    legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
    tooltip: { mode: 'multi', sort: 'desc' },
  },
  table: { showHeader: true, cellHeight: 'sm' },
};

/** Grafana names the column of a query `Value`, or `Value #A` if the panel has several queries. */
function columns({ queries }: Panel) {
  const value = (position: number): string => (queries.length === 1 ? 'Value' : `Value #${REF_IDS.charAt(position)}`);
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        renameByName: Object.fromEntries(queries.map(({ legend }, position) => [value(position), legend])),
      },
    },
  ];
}
