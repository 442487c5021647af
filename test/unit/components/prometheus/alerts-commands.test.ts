import { componentsOf } from '../../../../src/platform/components';
import { validConfig } from '../../../../tools/support/config';
import { parseConfig } from '../../../../src/platform/load';
import { loadConfig } from '../../../../tools/support/environments';
import { alertsByGroup } from '../../../../src/components/derived';

const alerts = alertsByGroup(componentsOf(loadConfig('production'))).flatMap((group) => group.alerts);

describe('the remedies in alerts', () => {
  const texts = alerts.map(({ summary, description }) => `${summary} ${description}`);

  it('contain no command that raises unnamed features, such as kraft.version', () => {
    expect(texts.filter((text) => /kafka-features|--release-version/.test(text))).toEqual([]);
  });

  it('raise an unfinished metadata version by the commands of the platform', () => {
    const { description = '' } = alerts.find(({ name }) => name === 'KafkaMetadataVersionBehind') ?? {};
    expect(description).toContain('npm run features -- plan --environment ENVIRONMENT --bootstrap HOST:PORT');
    expect(description).toContain('--irreversible');
  });
});

describe('the commands in alerts', () => {
  const named = (config: Parameters<typeof componentsOf>[0], name: string): string =>
    alertsByGroup(componentsOf(config))
      .flatMap((group) => group.alerts)
      .find((alert) => alert.name === name)?.description ?? '';

  it('name the pod of a node if all nodes are in one pool', () => {
    const one = parseConfig(validConfig);
    expect(named(one, 'KafkaBrokerDown')).toContain(
      'kubectl -n kafka describe pod kafka-broker-{{ $labels.broker }}; then kubectl -n kafka logs kafka-broker-{{',
    );
    expect(named(one, 'KafkaStopHeldUp')).toContain('kubectl -n kafka exec kafka-broker-{{ $labels.broker }} -c guard');
  });

  it('select the pod of a node by its labels if there are several pools', () => {
    const several = loadConfig('production');
    const selected =
      '-l app.kubernetes.io/instance=kafka,app.kubernetes.io/component=broker,apps.kubernetes.io/pod-index={{ $labels.broker }}';
    expect(named(several, 'KafkaBrokerDown')).toContain(
      `kubectl -n kafka describe pod ${selected}; then kubectl -n kafka logs ${selected} -c kafka`,
    );
    expect(named(several, 'KafkaMetadataStalled')).toContain(`kubectl -n kafka delete pod ${selected}`);
    expect(named(several, 'KafkaStopHeldUp')).toContain(
      `kubectl -n kafka exec $(kubectl -n kafka get pod ${selected} -o name) -c guard -- node /app/guard.js pass`,
    );
  });
});
