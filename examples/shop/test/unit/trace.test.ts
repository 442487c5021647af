import { newTrace, traceOf } from '../../src/trace';
import { record } from '../../../../test/support/consumed';

describe('the trace of an event', () => {
  it('is new for each event without a cause', () => {
    const traces = Array.from({ length: 20 }, () => newTrace().traceparent);
    expect(new Set(traces).size).toBe(20);
    for (const trace of traces) expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('continues from the record', () => {
    expect(traceOf({ headers: { traceparent: Buffer.from('00-1-2-01') } })).toEqual({ traceparent: '00-1-2-01' });
    expect(traceOf(record(0))).toEqual({});
    expect(traceOf({ headers: { traceparent: null } })).toEqual({});
  });
});
