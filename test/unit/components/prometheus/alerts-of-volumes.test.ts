import { alertsByGroup } from '../../../../src/components/derived';
import { componentsOf } from '../../../../src/platform/components';
import { parseConfig, type Platform } from '../../../../src/platform/load';
import { validConfig, withValues } from '../../../../tools/support/config';
import { firstPool } from '../../../../tools/support/first-pool';

const changed = (changes: Readonly<Record<string, unknown>>): Platform => parseConfig(withValues(changes));

it('alerts hold the metadata log against its own volume, where it has one, and leave it out of the data beside it', () => {
  const size = 2 ** 30;
  const alertOf = (of: Platform, name: string) =>
    alertsByGroup(componentsOf(of))
      .flatMap((group) => group.alerts)
      .find((alert) => alert.name === name);
  const apart = changed({ 'brokers/nodePools/0/metadataStorage': { size } });
  const data = 'sum by (broker) (kafka_log_log_size{broker=~"0|1|2",topic!="__cluster_metadata"})';
  const metadata = 'sum by (broker, topic) (kafka_log_log_size{broker=~"0|1|2",topic="__cluster_metadata"})';
  const full = alertOf(apart, 'KafkaDiskAlmostFull');
  expect(full?.expr).toBe(`${data} > 9126805504 or ${metadata} > ${Math.floor(0.85 * size)}`);
  expect(full?.summary).toContain('Logs{{ with $labels.topic }} ({{ . }}){{ end }} of broker');
  expect(full?.description).toMatch(/of a claim of 10 GiB \(of the metadata log .* of 1 GiB\).* metadataStorage/);
  expect(alertOf(apart, 'KafkaDiskFilling')?.expr).toBe(`${data} > 8053063680 or ${metadata} > ${0.75 * size}`);
  expect(alertOf(apart, 'KafkaDiskWillFill')?.expr).toContain(`predict_linear((${metadata})[6h:10m]`);
  expect(alertOf(apart, 'KafkaRetentionDoesNotFit')?.expr).toBe(alertOf(changed({}), 'KafkaRetentionDoesNotFit')?.expr);
  const mixed = changed({
    'brokers/nodePools': [
      { ...firstPool(validConfig.brokers), metadataStorage: { size } },
      { name: 'more', roles: ['broker'], firstId: 10, memory: 2 ** 31 },
    ],
  });
  expect(alertOf(mixed, 'KafkaDiskAlmostFull')?.expr).toContain('kafka_log_log_size{broker=~"10|11|12"}) >');
});
