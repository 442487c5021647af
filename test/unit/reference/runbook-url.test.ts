import { alertGroups } from '../../../src/components/prometheus/alert-rules';
import { DEFAULT_RUNBOOKS, runbooksOf } from '../../../src/monitoring/runbooks';
import { componentsOf } from '../../../src/platform/components';
import { parseConfig, type Platform } from '../../../src/platform/load';
import { withValues } from '../../../tools/support/config';

const changed = (changes: Readonly<Record<string, unknown>>): Platform => parseConfig(withValues(changes));

describe('alerts', () => {
  it('link to their runbooks at a configured address', () => {
    const urlsOf = (of: Platform): readonly string[] =>
      alertGroups(componentsOf(of), of.monitoring).flatMap(({ rules }) =>
        rules.map(({ alert, annotations }) => annotations.runbook_url.replace(alert, '<alert>')),
      );
    const elsewhere = changed({ 'monitoring/runbookUrl': 'https://git.example.com/kafka/blob/main/docs/runbooks' });
    expect(new Set(urlsOf(elsewhere))).toEqual(
      new Set(['https://git.example.com/kafka/blob/main/docs/runbooks/<alert>.md']),
    );
    expect(new Set(urlsOf(changed({})))).toEqual(new Set([`${DEFAULT_RUNBOOKS}/<alert>.md`]));
  });

  it.each(['https://git.example.com/', 'docs/{{ $labels.pod }}', 'docs/run books', ''])('are refused at %j', (url) => {
    expect(() => changed({ 'monitoring/runbookUrl': url })).toThrow('monitoring.runbookUrl');
  });

  it.each([
    [undefined, 'docs/runbooks'],
    ['github:us/kafka', 'https://github.com/us/kafka/blob/HEAD/docs/runbooks'],
    ['us/kafka', 'https://github.com/us/kafka/blob/HEAD/docs/runbooks'],
    [{ url: 'git+https://git.example.com/us/kafka.git' }, 'https://git.example.com/us/kafka/blob/HEAD/docs/runbooks'],
    [{ url: 'git+ssh://git@git.example.com/us/kafka.git' }, 'https://git.example.com/us/kafka/blob/HEAD/docs/runbooks'],
    [{ url: 'git@git.example.com:us/kafka.git' }, 'https://git.example.com/us/kafka/blob/HEAD/docs/runbooks'],
    [{ url: 'git://git.example.com/us/kafka.git' }, 'https://git.example.com/us/kafka/blob/HEAD/docs/runbooks'],
  ])('link to the runbooks of repository %j at %s', (repository, folder) => {
    expect(runbooksOf(repository === undefined ? {} : { repository })).toBe(folder);
  });
});
