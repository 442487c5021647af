import { environments } from '../../../platform/environments';
import { parseConfig } from '../../../src/platform/load';
import type { PlatformInput } from '../../../src/platform/schema';
import { silentProgress } from '../../../src/console/progress';
import { findServicePrograms, type ServicePrograms } from '../../../src/local/service-programs';

/** Name of a program that does not exist, independent of installed programs. */
const ABSENT = 'no-such-prometheus';

async function find(change: Partial<PlatformInput>): Promise<{ programs: ServicePrograms; lines: readonly string[] }> {
  const lines: string[] = [];
  const progress = { ...silentProgress, line: (line: string) => void lines.push(line) };
  return {
    programs: await findServicePrograms(
      parseConfig({ ...environments.local, applications: {}, ...change }),
      progress,
      ABSENT,
    ),
    lines,
  };
}

describe('a program of a local service', () => {
  it('that is not installed is left out with one line about the installation', async () => {
    const { programs, lines } = await find({ registry: { provider: 'none' } });
    expect(programs).toEqual({});
    expect(lines).toEqual([
      expect.stringMatching(/^Prometheus left out: there is no program .* fix: install it \(Debian: /),
    ]);
  });

  it('that is a container image is left out with one line about the alternatives', async () => {
    const { programs, lines } = await find({ registry: { provider: 'confluent' }, monitoring: { mode: 'none' } });
    expect(programs).toEqual({});
    expect(lines).toEqual([expect.stringMatching(/^Schema registry left out: .*set registry.provider to 'apicurio'/)]);
  });

  it('that is not configured is not reported', async () => {
    expect(await find({ registry: { provider: 'none' }, monitoring: { mode: 'operator' } })).toEqual({
      programs: {},
      lines: [],
    });
  });
});
