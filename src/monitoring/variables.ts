import { DATA_SOURCE } from './data-source';

/** A variable at the top of a dashboard, by the name that queries use. */
export type VariableName = 'broker' | 'topic' | 'consumergroup' | 'group';

/** Series that supply the variable's values. They exist on every cluster. */
const SERIES: Readonly<Record<VariableName, string>> = {
  broker: 'up{job="kafka"}',
  topic: 'kafka_topic_partitions',
  consumergroup: 'kafka_consumergroup_members',
  // The group label of the clients' metrics; `consumergroup` is the label of the lag exporter.
  group: 'app_kafka_consumed_total',
};

const LABELS: Readonly<Record<VariableName, string>> = {
  broker: 'Broker',
  topic: 'Topic',
  consumergroup: 'Group',
  group: 'Group',
};

/** A selector that matches the selected values of a variable. */
export const chosen = (name: VariableName): string => `${name}=~"$${name}"`;

/** The variables of a dashboard; the first one selects the Prometheus data source. */
export const templating = (names: readonly VariableName[]) => ({
  list: [
    { name: 'datasource', label: 'Data source', type: 'datasource', query: DATA_SOURCE.type },
    ...names.map(choice),
  ],
});

function choice(name: VariableName) {
  const query = `label_values(${SERIES[name]}, ${name})`;
  return {
    name,
    label: LABELS[name],
    type: 'query',
    datasource: DATA_SOURCE,
    definition: query,
    query: { query, refId: 'A' },
    // Queries the values whenever the time range changes, because topics and groups come and go.
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
  };
}
