import { environments } from '../../../platform/environments';
import { parseConfig } from '../../../src/platform/load';
import type { PlatformInput } from '../../../src/platform/schema';
import { silentProgress } from '../../../src/console/progress';
import { findServicePrograms, type ServicePrograms } from '../../../src/local/service-programs';

/** A name that no program has, so that what is installed here makes no difference. */
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
  it('that is not installed is left out with one line that says what to install', async () => {
    const { programs, lines } = await find({ registry: { provider: 'none' } });
    expect(programs).toEqual({});
    expect(lines).toEqual([
      expect.stringMatching(/^Prometheus left out: there is no program .* fix: install it \(Debian: /),
    ]);
  });

  it('that is a container image is left out, and one line says what to do instead', async () => {
    const { programs, lines } = await find({ registry: { provider: 'confluent' }, monitoring: { mode: 'none' } });
    expect(programs).toEqual({});
    expect(lines).toEqual([expect.stringMatching(/^Schema registry left out: .*set registry.provider to 'apicurio'/)]);
  });

  it('that the configuration does not have is not missed', async () => {
    expect(await find({ registry: { provider: 'none' }, monitoring: { mode: 'operator' } })).toEqual({
      programs: {},
      lines: [],
    });
  });
});
