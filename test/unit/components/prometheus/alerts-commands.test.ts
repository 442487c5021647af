import { componentsOf } from '../../../../src/platform/components';
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
