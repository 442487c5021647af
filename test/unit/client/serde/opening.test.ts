import type { CatalogueSerde } from '../../../../examples/catalogue/clients';
import { FatalError, RetriableError } from '../../../../src/client/errors';
import { EventSerde } from '../../../../src/client/serde/event-serde';
import { eventSchemas } from '../../../../examples/catalogue/schemas/event-schemas';
import { order } from '../../../../tools/support/events';
import { startSmallRegistry, type SmallRegistry } from '../../../../tools/support/small-registry';
import { until } from '../../../support/until';

let registry: SmallRegistry;

afterEach(() => registry.stop());

const open = (more: object = {}) =>
  EventSerde.open({
    registry: registry.url,
    schemas: eventSchemas,
    topics: ['orders'],
    withinMs: 0,
    registryTimeoutMs: 2_000,
    ...more,
  });

describe('opening a serde', () => {
  it('requests the id of the newest schema of each topic, and registers nothing', async () => {
    registry = await startSmallRegistry();
    const serde = await EventSerde.open({
      registry: registry.url,
      schemas: eventSchemas,
      topics: ['orders', 'revenue'],
    });
    expect(registry.asked.sort()).toEqual(['POST /subjects/orders-value', 'POST /subjects/revenue-value']);
    expect(serde.encode('orders', order()).subarray(0, 5)).toEqual(Buffer.from([0, 0, 0, 0, 2]));
  });

  it('finds an equivalent registered version', async () => {
    const [, newest] = eventSchemas.orders as readonly [unknown, object];
    registry = await startSmallRegistry({ orders: [{ ...newest, doc: 'As somebody else calls it.' }] });
    const serde = await open();
    expect(serde.encode('orders', order())[4]).toBe(1);
  });

  it.each([{ catalogue: {} }, { catalogue: { orders: [eventSchemas.orders[0]] } }])(
    'fails if the schema is not registered, and reports how to register it',
    async ({ catalogue }) => {
      registry = await startSmallRegistry(catalogue);
      const opened = open({ withinMs: 60_000 });
      await expect(opened).rejects.toThrow(FatalError);
      await expect(opened).rejects.toThrow(/written by: orders-value version 2\n.*npm run schemas -- apply/);
    },
  );

  it('fails before any request if schemas of topics were not passed, and names them all', async () => {
    registry = await startSmallRegistry();
    const schemas: object = { orders: eventSchemas.orders, payments: [] };
    const opened = open({ topics: ['orders', 'payments', 'revenue'], schemas });
    await expect(opened).rejects.toThrow(FatalError);
    await expect(opened).rejects.toThrow(/no schema was passed for payments, revenue\n.*fix: pass schemas/);
    expect(registry.asked).toEqual([]);
  });

  it('waits for an unavailable registry', async () => {
    registry = await startSmallRegistry();
    registry.mood = { status: 503, body: 'starting' };
    const opened = open({ withinMs: 60_000 });
    await until(() => registry.asked.length > 0);
    registry.mood = 'answers';
    await expect(opened).resolves.toBeInstanceOf(EventSerde);
    expect(registry.asked.length).toBeGreaterThan(1);
  });

  it.each(['hangs', { status: 500, body: '{"error_code":50001,"message":"store"}' }] as const)(
    'ends with a retriable error after the time limit if the registry still %j',
    async (mood) => {
      registry = await startSmallRegistry();
      registry.mood = mood;
      await expect(open()).rejects.toThrow(RetriableError);
    },
  );

  it.each([
    { status: 401, body: '{"error_code":401,"message":"who are you"}' },
    { status: 404, body: '{"error_code":404,"message":"HTTP 404 Not Found"}' },
    { status: 200, body: '<html>' },
  ])('does not wait if the address is wrong or rights are missing: $status $body', async (mood) => {
    registry = await startSmallRegistry();
    registry.mood = mood;
    await expect(open({ withinMs: 60_000 })).rejects.toThrow(FatalError);
    expect(registry.asked).toHaveLength(1);
  });

  it('refuses unknown versions and topics', async () => {
    registry = await startSmallRegistry();
    await expect(open({ readerVersions: { orders: 3 } })).rejects.toThrow('orders has no version 3: there are 1 to 2');
    const serde = (await open()) as CatalogueSerde<'orders' | 'revenue'>;
    expect(() => serde.decode('revenue', Buffer.alloc(9))).toThrow(
      'revenue is none of the topics that the serde was opened for: orders',
    );
  });
});
