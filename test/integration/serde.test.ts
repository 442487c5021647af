import { FatalError, PermanentError, RetriableError } from '../../src/client/consumer/errors';
import { EventSerde } from '../../src/client/serde/event-serde';
import { applySchemas } from '../../src/schemas/apply';
import { eventSchemas } from '../../src/schemas/event-schemas';
import { loadSubjects } from '../../src/schemas/load';
import { registryClient, type RegistryClient } from '../../src/schemas/registry-client';
import { valueSubject, type AvroSchema } from '../../src/schemas/subject';
import { startApicurio, type Apicurio } from '../support/apicurio';
import { order, orderV1, payment } from '../support/events';
import { framed, prefixed } from '../support/framed';
import { startGate, type Gate } from '../support/gate';

const UNKNOWN = 1_000_000;
const [V1 = '', V2 = ''] = eventSchemas.orders;

let apicurio: Apicurio;
let gate: Gate;
let registry: RegistryClient;
/** Of version 1 of the orders. */
let first: number;

beforeAll(async () => {
  apicurio = await startApicurio();
  gate = await startGate(apicurio.url);
  registry = registryClient({ url: apicurio.url });
});

afterAll(async () => {
  await gate.close();
  await apicurio.stop();
});

const open = () => EventSerde.open({ registry: gate.url, topics: ['orders', 'payments'], registryTimeoutMs: 2_000 });

/** As somebody wrote who does not know coupons yet. */
const oldOrder = (): Buffer => framed(first, V1, orderV1());

describe('a serde beside a real registry', () => {
  it('does not open where its schemas are not registered, and registers none', async () => {
    const opened = open();
    await expect(opened).rejects.toThrow(FatalError);
    await expect(opened).rejects.toThrow('npm run schemas -- apply');
    await expect(registry.versions(valueSubject('orders'))).resolves.toEqual([]);
    await registry.register(valueSubject('orders'), V1);
    await expect(open()).rejects.toThrow('orders-value version 2, payments-value version 1\n');
  });

  it('names the schema by the id that the registry has given', async () => {
    await applySchemas({ registry, subjects: loadSubjects() });
    first = (await registry.idOf(valueSubject('orders'), V1)) ?? 0;
    const second = await registry.idOf(valueSubject('orders'), V2);
    const bytes = (await open()).encode('orders', order());
    expect(bytes.readUInt32BE(1)).toBe(second);
    expect(second).not.toBe(first);
    await expect(registry.schema(second ?? 0)).resolves.toEqual(V2);
  });

  it('finds the id of a schema that was registered with another layout and other docs', async () => {
    const subject = valueSubject('elsewhere');
    const id = await registry.register(subject, { ...(V2 as object), doc: 'As somebody else calls it.' });
    await expect(registry.idOf(subject, V2)).resolves.toBe(id);
    await expect(registry.idOf(subject, V1)).resolves.toBeUndefined();
  });

  it('reads what version 2 wrote as version 1, without what that does not know', async () => {
    const old = await EventSerde.open({ registry: gate.url, topics: ['orders'], readerVersions: { orders: 1 } });
    const read = await old.decode('orders', (await open()).encode('orders', order({ couponCode: 'SPRING' })));
    expect(read).toEqual(orderV1());
    expect(read).not.toHaveProperty('couponCode');
  });

  it('reads what version 1 wrote as version 2, with the default', async () => {
    const serde = await open();
    expect(await serde.decode('orders', oldOrder())).toEqual({ ...orderV1(), couponCode: null });
  });

  it('reads what a schema wrote that the catalogue does not have yet', async () => {
    const text = JSON.stringify(eventSchemas.payments[0]).replace('"WALLET"', '"WALLET","CASH"');
    const later = JSON.parse(text) as AvroSchema;
    const id = await registry.register(valueSubject('payments'), later);
    const bytes = framed(id, later, { ...payment(), method: 'CASH' });
    expect(await (await open()).decode('payments', bytes)).toEqual(payment({ method: 'OTHER' }));
  });

  it('takes an id that the registry does not have for a permanent error', async () => {
    const decoded = (await open()).decode('orders', prefixed(UNKNOWN, Buffer.alloc(9)));
    await expect(decoded).rejects.toThrow(PermanentError);
    await expect(decoded).rejects.toThrow('orders: the value cannot be decoded (schema id 1000000)');
  });

  it('does not write by way of another topic’s schema', async () => {
    const serde = await open();
    const bytes = serde.encode('payments', payment());
    expect(() => serde.decode('orders', bytes)).toThrow(PermanentError);
  });

  it('while the registry is away reads what it knows, asks to be called again for the rest, and recovers', async () => {
    const serde = await open();
    const known = serde.encode('orders', order());
    await gate.close();
    expect(serde.decode('orders', known)).toEqual(order());
    for (const bytes of [oldOrder(), prefixed(UNKNOWN, Buffer.alloc(9))])
      await expect(serde.decode('orders', bytes)).rejects.toThrow(RetriableError);
    const opened = open();
    await new Promise((done) => setTimeout(done, 1_200));
    await gate.open();
    expect(await serde.decode('orders', oldOrder())).toEqual({ ...orderV1(), couponCode: null });
    await expect(serde.decode('orders', prefixed(UNKNOWN, Buffer.alloc(9)))).rejects.toThrow(PermanentError);
    expect((await opened).encode('orders', order())).toEqual(known);
  });
});
