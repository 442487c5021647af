import { ClientMetrics } from '../../../../src/client/metrics/client-metrics';
import { Outcomes } from '../../src/outcomes';
import { Tally } from '../../src/tally';

describe('the outcomes of records', () => {
  const delivered = { outcome: 'delivered', partition: 0, offset: 0n } as const;

  it('are good after a delivery, until one fails or all wait too long', () => {
    let now = 0;
    const buffered = { bytes: 0, records: 0 };
    const tally = new Tally<'delivered' | 'failed' | 'unknown'>({ metrics: new ClientMetrics(), say: () => undefined });
    const outcomes = new Outcomes({ producer: { buffered }, tally, now: () => now });
    expect(outcomes.areWell).toBe(false);
    outcomes.add(delivered);
    expect(outcomes.areWell).toBe(true);
    now = 60_000;
    expect(outcomes.areWell).toBe(true);
    buffered.records = 1;
    expect(outcomes.areWell).toBe(false);
    outcomes.add(delivered);
    expect(outcomes.areWell).toBe(true);
    outcomes.add({ outcome: 'unknown', cause: new Error('lost') });
    expect(outcomes.areWell).toBe(false);
  });
});
