import type { CatalogueSerde } from '../../../../examples/catalogue/clients';
import { FatalError, OutageError, PermanentError, RetriableError } from '../../../../src/client/errors';
import { EventSerde } from '../../../../src/client/serde/event-serde';
import { eventSchemas } from '../../../../examples/catalogue/schemas/event-schemas';
import type { AvroSchema } from '../../../../src/avro/subject';
import { order, orderV1, payment } from '../../../../tools/support/events';
import { framed, prefixed } from '../../../../tools/support/framed';
import { startSmallRegistry, type SmallRegistry } from '../../../../tools/support/small-registry';

const CANNOT = 'orders: the value cannot be decoded';
const UNKNOWN = 9_999;
/** Far longer than a busy machine may pause between two lines. */
const UNKNOWN_ID_MS = 1_000;
const [V1, V2] = eventSchemas.orders;

let registry: SmallRegistry;
let serde: CatalogueSerde<'orders' | 'payments'>;

beforeEach(async () => {
  registry = await startSmallRegistry();
  serde = await EventSerde.open({
    registry: registry.url,
    schemas: eventSchemas,
    topics: ['orders', 'payments'],
    registryTimeoutMs: 2_000,
    unknownIdMs: UNKNOWN_ID_MS,
  });
  registry.asked.length = 0;
});

afterEach(() => registry.stop());

/** Version 2 with foreign changes. */
const changed = (change: (fields: readonly { name: string }[]) => readonly object[]): AvroSchema => {
  const schema = V2 as { readonly fields: readonly { name: string }[] };
  return { ...schema, fields: change(schema.fields) };
};

const failure = async (work: () => unknown): Promise<Error> => {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was decoded');
};

const decode = (bytes: Buffer | null): unknown => serde.decode('orders', bytes);

describe('decoding', () => {
  it('is synchronous and needs no registry for what the serde itself writes', () => {
    registry.mood = 'hangs';
    expect(decode(serde.encode('orders', order()))).toEqual(order());
    expect(registry.asked).toEqual([]);
  });

  it('fills fields that an older writer lacks with the default, and is synchronous from the second value on', async () => {
    const bytes = framed(1, V1, orderV1());
    const first = decode(bytes);
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toEqual({ ...orderV1(), couponCode: null });
    expect(decode(bytes)).toEqual(order());
    expect(registry.asked).toEqual(['GET /schemas/ids/1']);
  });

  it('leaves out fields that an older reader does not know', async () => {
    const old = await EventSerde.open({
      registry: registry.url,
      schemas: eventSchemas,
      topics: ['orders'],
      readerVersions: { orders: 1 },
    });
    const read = await old.decode('orders', serde.encode('orders', order({ couponCode: 'SPRING' })));
    expect(read).toEqual(orderV1());
    expect(read).not.toHaveProperty('couponCode');
    // @ts-expect-error -- version 1 has no coupons
    expect(read.couponCode).toBeUndefined();
  });

  it('reads a newer symbol of an enum as the default', async () => {
    const text = JSON.stringify(eventSchemas.payments[0]).replace('"WALLET"', '"WALLET","CASH"');
    const later = JSON.parse(text) as AvroSchema;
    const bytes = framed(registry.add(later), later, { ...payment(), method: 'CASH' });
    expect(await serde.decode('payments', bytes)).toEqual(payment({ method: 'OTHER' }));
  });

  it('requests an id once, however many records wait for it', async () => {
    const bytes = framed(1, V1, orderV1());
    const all = await Promise.all(Array.from({ length: 50 }, () => decode(bytes)));
    expect(all).toEqual(Array.from({ length: 50 }, () => order()));
    expect(registry.asked).toEqual(['GET /schemas/ids/1']);
  });

  it('requests an unknown id again only after some time', async () => {
    const bytes = prefixed(UNKNOWN, Buffer.alloc(3));
    const [one, two] = await Promise.all([failure(() => decode(bytes)), failure(() => decode(bytes))]);
    const three = await failure(() => decode(bytes));
    for (const error of [one, two, three]) {
      expect(error).toBeInstanceOf(PermanentError);
      expect(error.message).toBe(
        'orders: the value cannot be decoded (schema id 9999): the registry has no schema of this id',
      );
    }
    expect(registry.asked).toEqual(['GET /schemas/ids/9999']);
    await new Promise((done) => setTimeout(done, UNKNOWN_ID_MS + 100));
    await failure(() => decode(bytes));
    expect(registry.asked).toHaveLength(2);
  });
});

describe('an undecodable value', () => {
  const good = (): Buffer => serde.encode('orders', order({ customerId: 'secret' }));
  const wrongSymbol = (): Buffer => {
    const bytes = serde.encode('payments', payment());
    bytes[bytes.length - 7] = 0x7e;
    return bytes;
  };

  it.each<readonly [string, () => Buffer | null, string]>([
    ['null', () => null, ': there is none: the record is a tombstone'],
    ['no bytes', () => Buffer.alloc(0), ': 0 bytes are too few'],
    ['a part of the prefix', () => Buffer.alloc(4), ': 4 bytes are too few'],
    ['JSON', () => Buffer.from('{"customerId":"secret"}'), ': it does not begin with the magic byte 0'],
    ['the prefix alone', () => good().subarray(0, 5), ' (schema id 2): it ends early, after 5 bytes'],
    ['a truncated event', () => good().subarray(0, -1), ' (schema id 2): it ends early'],
    ['an event with something behind it', () => Buffer.concat([good(), Buffer.from('secret')]), ' (schema id 2): 6 of'],
    ['a list of 2^40 items', () => endless(), ' (schema id 2): it has a list of more items than bytes'],
    ['a negative size of a list', () => backwards(), ' (schema id 2): '],
    ['a branch that is not there', () => withLast(good(), 0x7e), ' (schema id 2): it has a branch'],
  ])('%s is a permanent error with the reason, without quoted data', async (_what, bytes, reason) => {
    const error = await failure(() => decode(bytes()));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error.message).toContain(`orders: the value cannot be decoded${reason}`);
    expect(`${error.message}${String(error.cause)}`).not.toContain('secret');
  });

  it('is an unknown symbol of an enum', async () => {
    const error = await failure(() => serde.decode('payments', wrongSymbol()));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error.message).toMatch(/it has a symbol that the enum does not have$/);
  });

  /** In zigzag: -2^52, the first numbers beyond it that avsc would round, 2^60, and the longest encoding. */
  it.each(['ffffffffffffff0f', '8180808080808010', '8080808080808010', '808080808080808020', 'ffffffffffffffffff01'])(
    'is a long that would not be exact: %s',
    async (bytes) => {
      const [before, after] = [order({ amountMinor: 2_848 }), Buffer.from([0xc0, 0x2c])];
      const good = serde.encode('orders', before);
      const at = good.indexOf(after);
      const broken = Buffer.concat([good.subarray(0, at), Buffer.from(bytes, 'hex'), good.subarray(at + 2)]);
      const error = await failure(() => decode(broken));
      expect(error).toBeInstanceOf(PermanentError);
      expect(error.message).toMatch(/it has a number beyond its type, or beyond 2\^52$/);
    },
  );

  it('is an int beyond 2^31', async () => {
    const bytes = serde.encode('orders', order({ lines: [{ sku: 'x', quantity: 2 ** 31 - 1, unitAmountMinor: 0 }] }));
    const at = bytes.indexOf(Buffer.from('feffffff0f', 'hex'));
    bytes[at + 4] = 0x1f;
    expect((await failure(() => decode(bytes))).message).toMatch(/it has a number beyond its type, or beyond 2\^52$/);
  });

  it.each<readonly [string, AvroSchema, string]>([
    [
      'lacks a field without a default',
      changed((fields) => fields.filter(({ name }) => name !== 'currency')),
      'currency is missing and has no default',
    ],
    [
      'has another type for a field',
      changed((fields) => fields.map((field) => (field.name === 'orderId' ? { name: 'orderId', type: 'int' } : field))),
      'orderId is int instead of string',
    ],
    [
      'has another unit for a time',
      JSON.parse(JSON.stringify(V2).replace('timestamp-millis', 'timestamp-micros')) as AvroSchema,
      'createdAt is long (timestamp-micros) instead of long (timestamp-millis)',
    ],
    [
      'is of another record',
      { ...(V2 as object), name: 'OrderCancelled' },
      'the event is record platform.orders.OrderCancelled instead of record platform.orders.OrderCreated',
    ],
    ['is no record', 'string', 'the event is string instead of record platform.orders.OrderCreated'],
    ['is no Avro', { type: 'message' }, 'unknown type: "message"'],
  ])('has a writer schema that %s', async (_what, schema, reason) => {
    const bytes = prefixed(registry.add(schema), Buffer.alloc(40));
    for (const error of [await failure(() => decode(bytes)), await failure(() => decode(bytes))]) {
      expect(error).toBeInstanceOf(PermanentError);
      const told = error.message.replace(/\d+/, 'N');
      expect(told).toBe(`${CANNOT} (schema id N): this reader cannot read what that schema writes: ${reason}`);
    }
    // One request for the schema, one for the versions of the topic's subject.
    expect(new Set(registry.asked).size).toBe(2);
  });

  const withLast = (bytes: Buffer, last: number): Buffer => Buffer.concat([bytes.subarray(0, -1), Buffer.from([last])]);
  /** A prefix, two empty texts, then a block. */
  const endless = (): Buffer => prefixed(2, Buffer.from([0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40]));
  const backwards = (): Buffer => prefixed(2, Buffer.from([0, 0, 0x01, 0x0f, 0, 0, 0, 0, 0, 0, 0]));
});

describe('while the registry is unavailable', () => {
  it.each<readonly [string, SmallRegistry['mood']]>([
    ['does not answer in time', 'hangs'],
    ['has an error of its own', { status: 500, body: '{"error_code":50001,"message":"store"}' }],
    ['is behind a proxy that has none', { status: 502, body: '<html>' }],
    ['has too much to do', { status: 429, body: '{"error_code":429,"message":"slowly"}' }],
  ])('because it %s, an unknown schema is a retriable error and not remembered', async (_what, mood) => {
    const bytes = framed(1, V1, orderV1());
    registry.mood = mood;
    expect(await failure(() => decode(bytes))).toBeInstanceOf(RetriableError);
    registry.mood = 'answers';
    expect(await decode(bytes)).toEqual(order());
  });

  it.each<SmallRegistry['mood']>([
    { status: 403, body: '{"error_code":40301,"message":"not yours"}' },
    { status: 404, body: '<html>' },
    { status: 200, body: '{}' },
  ])('an answer of something else is not an error of the record: %j', async (mood) => {
    registry.mood = mood;
    expect(await failure(() => decode(prefixed(1, Buffer.alloc(9))))).toBeInstanceOf(FatalError);
  });
});

describe('a schema that cannot be read', () => {
  /** A value with a schema that was registered for `orders-value` outside of the catalogue. */
  const asVersion = async (schema: AvroSchema): Promise<Buffer> => {
    const later = await startSmallRegistry({ ...eventSchemas, orders: [...eventSchemas.orders, schema] });
    const bytes = prefixed(3, Buffer.alloc(40));
    await registry.stop();
    registry = later;
    return bytes;
  };

  it.each<readonly [string, AvroSchema, string]>([
    ['lacks a field', changed((fields) => fields.slice(1)), 'orderId is missing and has no default'],
    ['is no Avro', { type: 'message' }, 'unknown type: "message"'],
    ['names a type that nobody defines', changed((all) => [...all, { name: 'a', type: 'Nobody' }]), 'orders.Nobody'],
  ])('is not an error of the record if it is a version of the subject and %s', async (_what, schema, reason) => {
    const bytes = await asVersion(schema);
    const own = await EventSerde.open({
      registry: registry.url,
      schemas: eventSchemas,
      topics: ['orders'],
      readerVersions: { orders: 2 },
    });
    for (const error of [
      await failure(() => own.decode('orders', bytes)),
      await failure(() => own.decode('orders', bytes)),
    ]) {
      expect(error).toBeInstanceOf(FatalError);
      expect(error.message).toContain('orders: schema id 3 (orders-value version 3) cannot be read here: ');
      expect(error.message).toContain(reason);
    }
  });

  it('is checked with the registry before a record is blamed', async () => {
    const bytes = prefixed(registry.add({ type: 'message' }), Buffer.alloc(9));
    registry.refuses = /versions$/;
    expect(await failure(() => decode(bytes))).toBeInstanceOf(OutageError);
    registry.refuses = undefined;
    expect(await failure(() => decode(bytes))).toBeInstanceOf(PermanentError);
  });
});
