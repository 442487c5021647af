import type { EventOf, CatalogueSerde } from '../../../../examples/catalogue/clients';
import { PermanentError } from '../../../../src/client/errors';
import { EventSerde } from '../../../../src/client/serde/event-serde';
import { order, orderV1, payment } from '../../../../tools/support/events';
import { startSmallRegistry, type SmallRegistry } from '../../../../tools/support/small-registry';
import { eventSchemas } from '../../../../examples/catalogue/schemas/event-schemas';

let registry: SmallRegistry;
let serde: CatalogueSerde<'orders' | 'payments' | 'page-views'>;

beforeAll(async () => {
  registry = await startSmallRegistry();
  serde = await EventSerde.open({
    registry: registry.url,
    schemas: eventSchemas,
    topics: ['orders', 'payments', 'page-views'],
  });
});

afterAll(() => registry.stop());

/** Encodes like a program without types. */
const encodeAny = (topic: 'orders' | 'payments', event: unknown): Buffer =>
  serde.encode(topic, event as EventOf<typeof topic>);

const line = { sku: 'secret', quantity: 1, unitAmountMinor: 1 };

describe('the kind of an event', () => {
  it('is set by the serde that writes it', () => {
    expect(serde.kind('orders')).toEqual({ type: 'OrderCreated', version: '2' });
    expect(() => serde.kind('revenue' as 'orders')).toThrow(/none of the topics that the serde was opened for/);
  });
});

describe('encoding', () => {
  it.each<readonly [string, unknown, string]>([
    [
      'a text for a number',
      { ...order(), lines: [line, { ...line, quantity: 'secret' }] },
      'lines.1.quantity: expected int',
    ],
    ['a fraction', { ...order(), amountMinor: 19.99 }, 'amountMinor: expected long'],
    ['a number from 2^52 on', { ...order(), amountMinor: 2 ** 52 }, 'amountMinor: expected long'],
    ['a number from -2^52 down', { ...order(), amountMinor: -(2 ** 52) }, 'amountMinor: expected long'],
    ['a Date', { ...order(), createdAt: new Date() }, 'createdAt: expected long'],
    ['no list', { ...order(), lines: 'secret' }, 'lines: expected array'],
    ['no branch of a union', { ...order(), couponCode: 7 }, 'couponCode: expected string'],
    ['a misspelt field', { ...order(), cuponCode: 'secret' }, 'cuponCode: no such field; there are orderId,'],
    ['a misspelt field in a list', { ...order(), lines: [{ ...line, skew: 'secret' }] }, 'lines.0.skew: no such field'],
    ['a missing field', { ...order(), currency: undefined }, 'currency: missing'],
    ['a missing field with a default', { ...order(), couponCode: undefined }, 'couponCode: missing'],
    ['one field too many for one too few', { ...orderV1(), cupon: null }, 'cupon: no such field'],
    ['nothing', undefined, 'the event: expected record'],
    ['null', null, 'the event: expected record'],
    ['text', 'secret', 'the event: expected record'],
  ])('refuses %s, names the field and quotes no value', (_what, event, problem) => {
    const encode = (): Buffer => encodeAny('orders', event);
    expect(encode).toThrow(PermanentError);
    expect(encode).toThrow(`orders: the event does not fit its schema: ${problem}`);
    expect(encode).not.toThrow(/secret/);
  });

  it('refuses an unknown symbol of an enum, and names the known ones', () => {
    expect(() => encodeAny('payments', { ...payment(), method: 'CASH' })).toThrow(
      'payments: the event does not fit its schema: method: expected one of OTHER, CARD, BANK_TRANSFER, WALLET',
    );
  });

  it('still works after a refusal, and returns separate bytes for each event', () => {
    const first = serde.encode('orders', order());
    const copy = Buffer.from(first);
    expect(() => encodeAny('orders', { ...order(), createdAt: 'now' })).toThrow(PermanentError);
    serde.encode('orders', order({ orderId: 'another' }));
    expect(first).toEqual(copy);
  });

  it.each([1_000, 16_300, 16_400, 1_000_000])('accepts an event with a text of %d bytes', async (length) => {
    const large = order({ couponCode: 'x'.repeat(length) });
    expect(await serde.decode('orders', serde.encode('orders', large))).toEqual(large);
  });

  it('accepts a decoded event', async () => {
    const bytes = serde.encode('orders', order());
    expect(serde.encode('orders', await serde.decode('orders', bytes))).toEqual(bytes);
  });
});
