import { componentsOf } from '../../../../src/platform/components';
import { loadConfig } from '../../../../tools/support/environments';
import { alertsByGroup } from '../../../../src/components/derived';

const alerts = alertsByGroup(componentsOf(loadConfig('production'))).flatMap((group) => group.alerts);

describe('what alerts tell to do', () => {
  const texts = alerts.map(({ summary, description }) => `${summary} ${description}`);

  it('names no command that raises features nobody named, kraft.version among them', () => {
    expect(texts.filter((text) => /kafka-features|--release-version/.test(text))).toEqual([]);
  });

  it('raises an unfinished metadata version by the commands of the platform', () => {
    const { description = '' } = alerts.find(({ name }) => name === 'KafkaMetadataVersionBehind') ?? {};
    expect(description).toContain('npm run features -- plan --environment ENVIRONMENT --bootstrap HOST:PORT');
    expect(description).toContain('--irreversible');
  });
});
