import { DATA_SOURCE } from './data-source';

/** A choice at the top of a dashboard, by the name under which queries use it. */
export type VariableName = 'broker' | 'topic' | 'consumergroup' | 'group';

/** Series that have the label, those of a cluster that has nothing else included. */
const SERIES: Readonly<Record<VariableName, string>> = {
  broker: 'up{job="kafka"}',
  topic: 'kafka_topic_partitions',
  consumergroup: 'kafka_consumergroup_members',
  // As clients name it; the other is that of the lag exporter.
  group: 'app_kafka_consumed_total',
};

const LABELS: Readonly<Record<VariableName, string>> = {
  broker: 'Broker',
  topic: 'Topic',
  consumergroup: 'Group',
  group: 'Group',
};

/** Matches the choice in a selector. */
export const chosen = (name: VariableName): string => `${name}=~"$${name}"`;

/** Which Prometheus, and then what of it. */
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
    // Asked anew whenever the time range changes: topics and groups come and go.
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
  };
}
