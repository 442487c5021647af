import { PartitionLog } from '../../../../src/client/positions/partition-log';

describe('the position of a group in a log', () => {
  it('is the requested or the committed offset, whichever is higher', () => {
    const log = new PartitionLog('orders', 0, 'AAAAAAAAAAAAAAAAAAAAAQ');
    log.committing(8n);
    expect(log.reached).toBe(8n);
    log.reach(5n);
    expect(log.reached).toBe(8n);
    log.reach(9n);
    log.committing(4n);
    expect(log.reached).toBe(9n);
  });
});
