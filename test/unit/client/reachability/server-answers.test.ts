import { ServerAnswers } from '../../../../src/client/reachability/server-answers';
import type { ClientNotice } from '../../../../src/client/notices';

const REFUSED = new Error('connect ECONNREFUSED');

/** Attempts with a clock that only they advance. */
function attempts() {
  const answers = new ServerAnswers('billing');
  const told: { readonly at: number; readonly notice: ClientNotice }[] = [];
  const clock = { now: 0 };
  const note = (notice: ClientNotice | undefined): void => {
    if (notice !== undefined) told.push({ at: clock.now, notice });
  };
  const fail = (server: string, error: unknown = REFUSED): void =>
    note(answers.failed({ server, startedAt: clock.now, now: clock.now, error }));
  const answer = (server: string): void => note(answers.answered(server, clock.now));
  return { told, clock, fail, answer };
}

describe('a server with repeated attempts', () => {
  it('is reported after two seconds, and again after 10, 20, 40 and then 60 s', () => {
    const { told, clock, fail } = attempts();
    for (; clock.now <= 200_000; clock.now += 1_000) fail('a:9092');
    expect(told.map(({ at }) => at)).toEqual([2_000, 12_000, 32_000, 72_000, 132_000, 192_000]);
    expect(told[1]?.notice).toEqual({
      kind: 'servers-unreachable',
      servers: ['a:9092'],
      clientId: 'billing',
      failedMs: 12_000,
      cause: REFUSED,
      message: 'no answer from a:9092 (connect ECONNREFUSED) for 12.0 s; client billing keeps trying',
    });
  });

  it('is reported in one line with the others if none answers', () => {
    const { told, clock, fail } = attempts();
    for (; clock.now <= 9_000; clock.now += 1_000) fail(`${'abc'[(clock.now / 1_000) % 3] ?? ''}:9092`);
    expect(told.map(({ notice }) => 'servers' in notice && notice.servers)).toEqual([['a:9092', 'b:9092', 'c:9092']]);
  });

  it('is reported once when it answers again', () => {
    const { told, clock, fail, answer } = attempts();
    for (; clock.now < 4_000; clock.now += 1_000) fail('a:9092');
    answer('a:9092');
    answer('a:9092');
    expect(told.slice(1).map(({ notice }) => notice)).toEqual([
      expect.objectContaining({ kind: 'servers-reachable', servers: ['a:9092'], failedMs: 4_000 }),
    ]);
  });

  it('is reported even if others answer', () => {
    const { told, clock, fail, answer } = attempts();
    for (; clock.now < 4_000; clock.now += 1_000) {
      answer('a:9092');
      fail('b:9092');
    }
    expect(told.map(({ notice }) => 'servers' in notice && notice.servers)).toEqual([['b:9092']]);
  });
});

describe('a server that fails occasionally', () => {
  it('is not reported while others answer', () => {
    const { told, clock, fail, answer } = attempts();
    for (; clock.now < 300_000; clock.now += 10_000) {
      fail('b:9092');
      answer('a:9092');
    }
    expect(told).toEqual([]);
  });

  it('is not reported if it answers in between', () => {
    const { told, clock, fail, answer } = attempts();
    for (; clock.now < 60_000; clock.now += 1_000) {
      fail('a:9092');
      answer('a:9092');
    }
    expect(told).toEqual([]);
  });
});

it('has an error for each address of its name', () => {
  const { told, clock, fail } = attempts();
  const both = new AggregateError([new Error('refused ::1'), new Error('refused 127.0.0.1')]);
  for (; clock.now < 3_000; clock.now += 1_000) fail('localhost:9092', both);
  expect(told[0]?.notice.message).toContain('localhost:9092 (refused ::1; refused 127.0.0.1)');
});
