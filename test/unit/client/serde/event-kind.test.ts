import { eventSchemas } from '../../../../examples/catalogue/schemas/event-schemas';
import { eventKind } from '../../../../src/client/serde/event-kind';

describe('the kind of an event', () => {
  it('is the name of its record, and the newest version', () => {
    expect(eventKind(eventSchemas.orders)).toEqual({ type: 'OrderCreated', version: '2' });
    expect(eventKind(eventSchemas['page-view-counts'])).toEqual({ type: 'PageViewCount', version: '1' });
  });
});
