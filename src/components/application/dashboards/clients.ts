import { APPLICATION_JOB } from '../names';
import { up } from '../../../monitoring/promql';
import { LISTENERS } from '../../kafka-cluster/layout';
import type { Dashboard } from '../../../monitoring/dashboard';
import { stat, timeSeries, type Panel, type Query } from '../../../monitoring/panel';
import { chosen } from '../../../monitoring/variables';

const BROKER = chosen('broker');

/** Requests that clients wait for, and the fetch requests of followers, which producers wait for. */
const REQUESTS = ['Produce', 'FetchConsumer', 'FetchFollower'] as const;

const byBroker = (expr: string): readonly Query[] => [{ expr, legend: 'broker {{broker}}' }];

const TIME = 'kafka_network_requestmetrics_totaltimems';

/** A dashboard of clients as the brokers see them. */
export const clientsDashboard = (): Dashboard => ({
  id: 'clients',
  title: 'Kafka / Clients',
  description: 'Requests of clients to the brokers, their durations and errors',
  variables: ['broker'],
  sections: [
    {
      title: 'Now',
      panels: [
        stat(`sum(${up(APPLICATION_JOB)})`, {
          title: 'Clients that serve metrics',
          description: 'Running clients with the label kafka-platform/metrics.',
          width: 6,
        }),
        stat(connections('sum'), {
          title: 'Connections',
          description: 'Connections to the client port of all brokers.',
          width: 6,
        }),
        stat(rate('Produce', 'sum'), {
          title: 'Produce requests',
          description: 'Sum over all clients.',
          unit: 'reqps',
          width: 6,
        }),
        stat(rate('FetchConsumer', 'sum'), {
          title: 'Fetch requests',
          description: 'Sum over all consumers.',
          unit: 'reqps',
          width: 6,
        }),
      ],
    },
    {
      title: 'Duration of requests in the broker',
      panels: [...REQUESTS.map(slowest), ...REQUESTS.map(average)],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries(
          [
            {
              expr: `sum by (request) (rate(kafka_network_requestmetrics_requestspersec_total{${BROKER}}[$__rate_interval]))`,
              legend: '{{request}}',
            },
          ],
          {
            title: 'Requests by type',
            description: 'Many Metadata or FindCoordinator requests indicate clients that restart repeatedly.',
            unit: 'reqps',
          },
        ),
        timeSeries(
          [
            {
              expr:
                'sum by (request, error) (rate(kafka_network_requestmetrics_errorspersec_total' +
                `{error!="NONE",${BROKER}}[$__rate_interval]))`,
              legend: '{{request}}: {{error}}',
            },
          ],
          {
            title: 'Errors',
            description:
              'NOT_LEADER_OR_FOLLOWER occurs while leaders move, NOT_ENOUGH_REPLICAS while too few replicas are in sync.',
            unit: 'reqps',
          },
        ),
        timeSeries(byBroker(connections('sum by (broker)')), {
          title: 'Connections, by broker',
          description: 'Connections to the client port.',
        }),
        timeSeries(byBroker(`kafka_network_requestchannel_requestqueuesize{${BROKER}}`), {
          title: 'Requests that wait for a handler',
          description: 'Should be near 0. At 500, a broker stops reading requests.',
        }),
        timeSeries([{ expr: up(APPLICATION_JOB), legend: '{{instance}}' }], {
          title: 'Clients',
          description: '1 for each client that answers Prometheus.',
          max: 1,
        }),
      ],
    },
  ],
});

const slowest = (request: string): Panel =>
  timeSeries(byBroker(`${TIME}{request="${request}",quantile="0.99",${BROKER}}`), {
    title: `${request}, p99`,
    description:
      '99th percentile of the last minutes. Consumers and followers wait up to half a second for records by design.',
    unit: 'ms',
  });

const average = (request: string): Panel => {
  const of = (part: string): string => `rate(${TIME}_${part}{request="${request}",${BROKER}}[$__rate_interval])`;
  return timeSeries(byBroker(`${of('sum')} / ${of('count')}`), {
    title: `${request}, mean`,
    description: 'No line while there are no requests.',
    unit: 'ms',
  });
};

function rate(request: string, aggregate: string): string {
  return `${aggregate}(rate(${TIME}_count{request="${request}",${BROKER}}[$__rate_interval]))`;
}

function connections(aggregate: string): string {
  return `${aggregate} (kafka_server_socket_server_metrics_connection_count{listener="${LISTENERS.client}",${BROKER}})`;
}
