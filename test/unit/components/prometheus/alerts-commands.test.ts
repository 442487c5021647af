import { componentsOf } from '../../../../src/platform/components';
import { loadConfig } from '../../../../tools/support/environments';
import { alertsByGroup } from '../../../../src/components/derived';

const alerts = alertsByGroup(componentsOf(loadConfig('production'))).flatMap((group) => group.alerts);

describe('the remedies in alerts', () => {
  it('contain no command that raises unnamed features, such as kraft.version', () => {
    const texts = alerts.map(({ summary, description }) => `${summary} ${description}`);
    const commands = texts.flatMap((text) => text.match(/kafka-features\.sh[^.]*upgrade[^.]*/g) ?? []);
    expect(commands).not.toEqual([]);
    for (const command of commands) expect(command).toMatch(/ upgrade --feature metadata$/);
    expect(texts.filter((text) => text.includes('--release-version'))).toEqual([]);
  });
});
