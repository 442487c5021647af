import { ClientMetrics } from '../../../../src/client/metrics/client-metrics';
import { Tally } from '../../src/tally';

describe('a tally', () => {
  it('counts for Prometheus immediately, and sums up unreported counts in one line', async () => {
    const metrics = new ClientMetrics();
    const lines: string[] = [];
    const tally = new Tally<'sent' | 'failed'>({ metrics, say: (line) => lines.push(line) });
    tally.count('sent', 3);
    tally.count('failed');
    tally.count('sent');
    tally.say();
    tally.count('sent');
    tally.say();
    tally.say();
    expect(lines).toEqual(['4 sent, 1 failed', '1 sent']);
    expect(await metrics.text()).toContain('app_done_total{kind="sent"} 5');
  });

  it('starts again if a failed start has left one', async () => {
    const metrics = new ClientMetrics();
    const say = (): void => undefined;
    new Tally<'sent'>({ metrics, say }).count('sent');
    new Tally<'sent'>({ metrics, say }).count('sent', 2);
    expect(await metrics.text()).toContain('app_done_total{kind="sent"} 2');
  });

  it('reports by itself after some time', () => {
    jest.useFakeTimers();
    const lines: string[] = [];
    const tally = new Tally<'sent'>({ metrics: new ClientMetrics(), say: (line) => lines.push(line) });
    tally.count('sent');
    jest.advanceTimersByTime(9_000);
    expect(lines).toEqual([]);
    tally.count('sent');
    jest.advanceTimersByTime(1_000);
    expect(lines).toEqual(['2 sent']);
    jest.useRealTimers();
  });
});
