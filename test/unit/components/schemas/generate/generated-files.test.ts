import type { EventOf, EventTopic } from '../../../../../examples/catalogue/clients';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventSchemas } from '../../../../../examples/catalogue/schemas/event-schemas';
import type { EventVersions, NewestEvents, OrderCreatedV1 } from '../../../../../examples/catalogue/schemas/events';
import { generatedFiles } from '../../../../../src/components/schemas/generate/generated-files';
import { loadSubjects } from '../../../../../src/components/schemas/load';
import { schemas } from '../../../../../examples/catalogue/schemas';
import { environmentSchemas } from '../../../../../platform/environments';
import type { schemaCatalogue } from '../../../../../examples/catalogue/schemas/catalogue';

const ROOT = join(__dirname, '../../../../..');

const ofEnvironments = new Set(Object.values(environmentSchemas).flat());

const view: EventOf<'page-views'> = { sessionId: 's', customerId: null, path: '/', referrer: null, viewedAt: 0 };

describe('the generated types of events', () => {
  it.each([schemas, ...ofEnvironments].flatMap(generatedFiles))(
    'match the schemas: $path is up to date',
    ({ path, text }) => {
      // Otherwise: npm run schemas -- types, for the examples' catalogue with --config examples/catalogue/platform.ts
      expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
    },
  );

  it('contain the schemas of the files', () => {
    expect(Object.values(eventSchemas)).toEqual(loadSubjects(schemas).map(({ versions }) => versions));
  });

  it('cover every topic of the catalogue, and no other', () => {
    const topics: Record<(typeof schemaCatalogue)[number]['topic'], true> &
      Record<keyof NewestEvents, true> &
      Record<keyof EventVersions, true> = {
      orders: true,
      'orders-paid': true,
      payments: true,
      revenue: true,
      'page-views': true,
      'page-view-counts': true,
    } satisfies Record<EventTopic, true>;
    expect(Object.keys(topics)).toEqual(Object.keys(eventSchemas));
  });

  it('refuse a wrong event at compile time', () => {
    // @ts-expect-error -- the topic is not in the catalogue
    const unknown = (event: EventOf<'invoices'>): unknown => event;
    // @ts-expect-error -- customers have no schema
    const schemaless = (event: EventOf<'customers'>): unknown => event;
    // @ts-expect-error -- a field is missing
    const short: EventOf<'page-views'> = { sessionId: 's', customerId: null, path: '/', viewedAt: 0 };
    // @ts-expect-error -- a field is misspelt
    const misspelt: EventOf<'page-views'> = { ...view, sesionId: 's' };
    // @ts-expect-error -- time is a number
    const dated: EventOf<'page-views'> = { ...view, viewedAt: new Date() };
    // @ts-expect-error -- no symbol of the enum
    const method: EventOf<'payments'>['method'] = 'CASH';
    // @ts-expect-error -- version 1 has no coupons
    const coupon = (order: OrderCreatedV1): unknown => order.couponCode;
    // @ts-expect-error -- an event is not changed
    const change = (order: EventOf<'orders'>): unknown => (order.currency = 'EUR');
    // @ts-expect-error -- nor are its lists
    const grow = (order: EventOf<'orders'>): unknown => (order.lines[0] = undefined);
    expect([unknown, schemaless, short, misspelt, dated, method, coupon, change, grow]).toHaveLength(9);
  });
});
