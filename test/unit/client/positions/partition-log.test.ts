import { PartitionLog } from '../../../../src/client/positions/partition-log';

describe('how far a group has read a log', () => {
  it('is what it has asked for or committed, whichever is further', () => {
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
