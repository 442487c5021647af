import { ConfigError } from '../../../src/validation/problems';
import { retryChains } from '../../../examples/catalogue/topics';
import * as options from '../../../src/dead-letters/parse-options';
import type { FilterOptions, ReplayOptions } from '../../../src/dead-letters/parse-options';

const chains = Object.values(retryChains);
const parseReplay = (typed: ReplayOptions) => options.parseReplay(typed, chains);
const parseSelection = (typed: FilterOptions) => options.parseSelection(typed, chains);

function refused(options: ReplayOptions): readonly string[] {
  try {
    parseReplay(options);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path }) => path);
    throw error;
  }
}

describe('the options of dead-letters', () => {
  it('have the given values', () => {
    expect(
      parseSelection({
        group: 'email',
        partition: '5',
        from: '0',
        to: '9',
        since: '2026-01-31',
        until: '2026-01-31T01:00:00+01:00',
      }),
    ).toMatchObject({
      chain: { deadLetterTopic: 'orders.email.dlq' },
      filters: { partition: 5, from: 0n, to: 9n, since: Date.UTC(2026, 0, 31), until: Date.UTC(2026, 0, 31) },
    });
  });

  it('replay to the retry topic if there is one, else to the source', () => {
    expect(parseReplay({ group: 'inventory' }).target).toEqual({ topic: 'orders.inventory.retry.5s', isRetry: true });
    expect(parseReplay({ group: 'inventory', target: 'source' }).target).toEqual({ topic: 'orders', isRetry: false });
    expect(parseReplay({ group: 'email' })).toMatchObject({ target: { topic: 'orders', isRetry: false }, rate: 100 });
  });

  it('name the other groups that read the target', () => {
    expect(parseReplay({ group: 'email' }).otherReaders).toEqual(['inventory', 'payment']);
    expect(parseReplay({ group: 'inventory' }).otherReaders).toEqual([]);
    expect(parseReplay({ group: 'inventory', target: 'source' }).otherReaders).toEqual(['email', 'payment']);
  });

  it('are refused with all problems at once', () => {
    const wrong = {
      partition: '1.5',
      from: '-1',
      to: 'x',
      since: '2026-02-30',
      until: 'soon',
      target: 'here',
      rate: '0',
    };
    expect([...refused(wrong)].sort()).toEqual(
      ['--group', '--partition', '--from', '--to', '--since', '--until', '--target', '--rate'].sort(),
    );
  });

  it.each<readonly [string, ReplayOptions]>([
    ['--group', { group: 'nobody' }],
    ['--partition', { group: 'email', partition: '6' }],
    ['--from', { group: 'email', from: '8', to: '7' }],
    ['--since', { group: 'email', since: '2026-01-02', until: '2026-01-01' }],
    ['--since', { group: 'email', since: '2026-01-31T12:00:00' }],
    ['--target', { group: 'email', target: 'retry' }],
    ['--rate', { group: 'email', rate: '1e3' }],
  ])('are refused by name: %s of %p', (path, options) => expect(refused(options)).toEqual([path]));

  it('have errors with the allowed values, and that nothing was done', () => {
    expect(() => parseReplay({ group: 'nobody' })).toThrow(/nothing was read or written[^]*inventory, email, payment/);
  });
});
