import { StopVote } from '../../../../../src/components/kafka-cluster/guard/stop-vote';

describe('the vote of a guard', () => {
  let now = 0;
  let vote: StopVote;

  beforeEach(() => {
    now = 1_000;
    vote = new StopVote(() => now);
  });

  it('goes to the first that asks and to no other', () => {
    expect([vote.give(2), vote.give(1), vote.give(2)]).toEqual([true, false, true]);
    expect(vote.holder).toBe(2);
  });

  it('goes to the next when it is given back, but not by somebody else', () => {
    vote.give(2);
    vote.release(1);
    expect(vote.give(1)).toBe(false);
    vote.release(2);
    expect(vote.give(1)).toBe(true);
  });

  it('runs out, as who got it may be gone', () => {
    vote.give(2);
    now += 14_999;
    expect(vote.give(1)).toBe(false);
    now += 1;
    expect(vote.give(1)).toBe(true);
  });

  it('lasts longer for one that asks again', () => {
    vote.give(2);
    now += 10_000;
    vote.give(2);
    now += 10_000;
    expect(vote.holder).toBe(2);
  });
});
