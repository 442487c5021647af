import { eventKind } from '../../../../src/client/serde/event-kind';

describe('the kind of an event', () => {
  it('is the name of its record, and the newest version', () => {
    expect(eventKind('orders')).toEqual({ type: 'OrderCreated', version: '2' });
    expect(eventKind('page-view-counts')).toEqual({ type: 'PageViewCount', version: '1' });
  });
});
