import { RETRY } from '../../../../src/client/retry/header-names';
import { asItStood, notBefore, roundOf, waiting } from '../../../../src/client/retry/retry-headers';
import { record } from '../../../support/consumed';

const withHeaders = (headers: Record<string, string>) => ({ ...record(7), headers });

describe('a waiting record', () => {
  it('counts its rounds and keeps the time of its first failure', () => {
    const first = waiting(record(7), 5_000, 1_000_000);
    expect(first).toEqual({
      [RETRY.round]: '1',
      [RETRY.notBefore]: '1005000',
      [RETRY.firstFailure]: '1000000',
    });
    expect(waiting(withHeaders(first), 60_000, 2_000_000)).toEqual({
      [RETRY.round]: '2',
      [RETRY.notBefore]: '2060000',
      [RETRY.firstFailure]: '1000000',
    });
  });

  it('is never due early by a fraction of a millisecond', () => {
    expect(waiting(record(7), 0.2, 1_000)[RETRY.notBefore]).toBe('1001');
  });

  it('has its original position', () => {
    const moved = withHeaders({ '__dlq.errors.partition': '4', '__dlq.errors.offset': '123456789012345' });
    expect(asItStood(moved, 'orders')).toMatchObject({ topic: 'orders', partition: 4, offset: 123456789012345n });
  });

  it.each(['', 'soon', '-1', '1e3', '99999999999999999999'])('is due at once when its header says %p', (text) => {
    const odd = withHeaders({ [RETRY.notBefore]: text, [RETRY.round]: text });
    expect([notBefore(odd), roundOf(odd)]).toEqual([0, 0]);
  });
});
