import { gibibytes, mebibytes, seconds } from '../../../src/validation/units';
import { itRefuses, type Row } from '../../support/refusals';

const ROWS: readonly Row[] = [
  [
    'a registry that nobody makes',
    { 'registry/provider': 'karapace' },
    'registry.provider',
    /apicurio, confluent or none/,
  ],
  [
    'a registry whose heap leaves no room for the rest',
    { 'registry/heap': gibibytes(1) },
    'registry.memory',
    /would be killed for memory/,
  ],
  ['a registry image without a tag', { 'registry/image': 'registry' }, 'registry.image', /needs a tag or a digest/],
  [
    'a registry image whose host has a port, and that has no tag',
    { 'registry/image': 'images.example:5000/registry' },
    'registry.image',
    /needs a tag or a digest/,
  ],
  [
    'a registry of whatever day',
    { 'registry/image': 'registry:latest' },
    'registry.image',
    /changes from pull to pull/,
  ],
  [
    'a Prometheus of whatever day',
    { 'monitoring/prometheus/image': 'prometheus:latest' },
    'monitoring.prometheus.image',
    /changes from pull to pull/,
  ],
  ['a UI of whatever day', { 'ui/image': 'kafka-ui:latest' }, 'ui.image', /changes from pull to pull/],
  ['a UI with too little memory for Spring', { 'ui/memory': mebibytes(128) }, 'ui.memory', /512 MiB/],
  [
    'metrics on a listener’s port',
    { 'monitoring/brokerPort': 9092 },
    'monitoring.brokerPort',
    /already taken by the listener client/,
  ],
  [
    'metrics on the guard’s port',
    { 'monitoring/brokerPort': 9190 },
    'monitoring.brokerPort',
    /already taken by guard\.port/,
  ],
  [
    'monitoring by something unknown',
    { 'monitoring/mode': 'datadog' },
    'monitoring.mode',
    /prometheus, operator or none/,
  ],
  ['scrapes that overlap rules', { 'monitoring/scrapeIntervalMs': seconds(600) }, 'monitoring.scrapeIntervalMs', /./],
  [
    'an exporter of whatever day',
    { 'monitoring/lagExporter/image': 'kafka-exporter:latest' },
    'monitoring.lagExporter.image',
    /changes from pull to pull/,
  ],
];

describe('the configuration refuses, of processes other than brokers,', () => itRefuses(ROWS));
