import { RetriableError } from '../../../../src/client/errors';
import { Failures, type FailedWork } from '../../../../src/client/consumer/failures';
import type { ClientNotice } from '../../../../src/client/notices';

const DOWN: FailedWork = {
  work: 'handle',
  topic: 'orders',
  partition: 3,
  offset: 17n,
  attempts: 1,
  bound: { maxAttempts: Infinity },
  cause: new RetriableError('the database is down'),
};

function failures() {
  const notices: ClientNotice[] = [];
  const clock = { now: 0 };
  const subject = new Failures({
    groupId: 'email',
    meter: undefined,
    onNotice: (notice) => void notices.push(notice),
    onFatal: () => undefined,
    now: () => clock.now,
  });
  return { subject, notices, clock };
}

describe('retried failures', () => {
  it('are reported at the first one with the cause, then once a minute', () => {
    const { subject, notices, clock } = failures();
    for (; clock.now < 121_000; clock.now += 1_000) subject.failed(DOWN);
    expect(notices).toHaveLength(3);
    expect(notices[0]).toMatchObject({
      kind: 'still-failing',
      topic: 'orders',
      partition: 3,
      offset: 17n,
      groupId: 'email',
      maxAttempts: Infinity,
    });
    expect(notices[0]?.message).toBe(
      'group email cannot handle orders-3 at offset 17: the database is down (RetriableError); ' +
        'attempt 1, tried again for as long as it lasts',
    );
  });

  it('are distinguished by partition, work and cause', () => {
    const { subject, notices } = failures();
    for (const each of [DOWN, { ...DOWN, partition: 4 }, { ...DOWN, work: 'commit' as const }, { ...DOWN, cause: 'x' }])
      for (let times = 0; times < 3; times++) subject.failed(each);
    expect(notices).toHaveLength(4);
  });

  it('are reported to be over once, only if they were reported', () => {
    const { subject, notices, clock } = failures();
    subject.succeeded(DOWN);
    subject.failed(DOWN);
    clock.now = 2_500;
    const done = { work: 'handle', topic: 'orders', partition: 3 } as const;
    subject.succeeded(done);
    subject.succeeded(done);
    subject.failed(DOWN);
    expect(notices.map(({ kind }) => kind)).toEqual(['still-failing', 'recovered']);
    expect(notices[1]?.message).toBe('group email can handle orders-3 again, after 2.5 s');
  });

  it('end the consumer if the listener throws', () => {
    const thrown: unknown[] = [];
    const subject = new Failures({
      groupId: 'email',
      meter: undefined,
      onNotice: () => {
        throw new Error('stop');
      },
      onFatal: (error) => void thrown.push(error),
    });
    subject.failed(DOWN);
    expect(thrown).toEqual([new Error('stop')]);
  });
});
