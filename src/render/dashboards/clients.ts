import { up } from '../alerts/promql';
import { LISTENERS } from '../layout';
import type { Dashboard } from './dashboard';
import { stat, timeSeries, type Panel, type Query } from './panel';
import { chosen } from './variables';

const BROKER = chosen('broker');

/** Requests that clients wait for, and that of followers, for which producers wait. */
const REQUESTS = ['Produce', 'FetchConsumer', 'FetchFollower'] as const;

const byBroker = (expr: string): readonly Query[] => [{ expr, legend: 'broker {{broker}}' }];

const TIME = 'kafka_network_requestmetrics_totaltimems';

/** Clients as brokers see them. */
export const clientsDashboard = (): Dashboard => ({
  id: 'clients',
  title: 'Kafka / Clients',
  description: 'What clients ask of the brokers, how long they wait and what fails',
  variables: ['broker'],
  sections: [
    {
      title: 'Now',
      panels: [
        stat(`sum(${up('clients')})`, {
          title: 'Clients that serve metrics',
          description: 'Of those that are labelled as such.',
          width: 6,
        }),
        stat(connections('sum'), { title: 'Connections', description: 'To the client port of all brokers.', width: 6 }),
        stat(rate('Produce', 'sum'), {
          title: 'Produce requests',
          description: 'Of all clients together.',
          unit: 'reqps',
          width: 6,
        }),
        stat(rate('FetchConsumer', 'sum'), {
          title: 'Fetch requests',
          description: 'Of all consumers together.',
          unit: 'reqps',
          width: 6,
        }),
      ],
    },
    {
      title: 'How long requests take, in the broker',
      panels: [...REQUESTS.map(slowest), ...REQUESTS.map(average)],
    },
    {
      title: 'What is asked',
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
            description: 'Many Metadata or FindCoordinator requests are clients that start over and over.',
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
            description: 'NOT_LEADER_OR_FOLLOWER while leaders move; NOT_ENOUGH_REPLICAS while too few are in sync.',
            unit: 'reqps',
          },
        ),
        timeSeries(byBroker(connections('sum by (broker)')), {
          title: 'Connections, by broker',
          description: 'To the client port.',
        }),
        timeSeries(byBroker(`kafka_network_requestchannel_requestqueuesize{${BROKER}}`), {
          title: 'Requests that wait for a handler',
          description: 'Near 0; at 500 brokers stop to read.',
        }),
        timeSeries([{ expr: up('clients'), legend: '{{instance}}' }], {
          title: 'Clients',
          description: '1 for each that answers Prometheus.',
          max: 1,
        }),
      ],
    },
  ],
});

const slowest = (request: string): Panel =>
  timeSeries(byBroker(`${TIME}{request="${request}",quantile="0.99",${BROKER}}`), {
    title: `${request}, p99`,
    description: 'Of the last minutes; consumers and followers wait for records on purpose, up to half a second.',
    unit: 'ms',
  });

const average = (request: string): Panel => {
  const of = (part: string): string => `rate(${TIME}_${part}{request="${request}",${BROKER}}[$__rate_interval])`;
  return timeSeries(byBroker(`${of('sum')} / ${of('count')}`), {
    title: `${request}, mean`,
    description: 'Nothing while there are none.',
    unit: 'ms',
  });
};

function rate(request: string, aggregate: string): string {
  return `${aggregate}(rate(${TIME}_count{request="${request}",${BROKER}}[$__rate_interval]))`;
}

function connections(aggregate: string): string {
  return `${aggregate} (kafka_server_socket_server_metrics_connection_count{listener="${LISTENERS.client}",${BROKER}})`;
}
