import { matches, type Filters } from '../../../src/dead-letters/filters';
import { deadLetter } from './dead-letter-builders';

const ALL: Required<Filters> = {
  partition: 0,
  from: 3n,
  to: 3n,
  key: 'key',
  error: 'NO SUCH',
  since: 1_000,
  until: 1_000,
};

describe('a dead letter record is selected', () => {
  it('without any filter', () => expect(matches(deadLetter(), {})).toBe(true));

  it('if it is on the bounds of all of them', () => expect(matches(deadLetter(), ALL)).toBe(true));

  it.each<Filters>([
    { partition: 1 },
    { from: 4n },
    { to: 2n },
    { key: 'ke' },
    { key: '' },
    { error: 'timeout' },
    { since: 1_001 },
    { until: 999 },
  ])('not if one does not match: %p', (other) => expect(matches(deadLetter(), { ...ALL, ...other })).toBe(false));

  it('not by a key that it does not have', () => {
    expect(matches(deadLetter({ key: null }), { key: '' })).toBe(false);
  });
});
