import { FatalError, PermanentError, RetriableError } from '../../src/client/errors';
import { EventSerde } from '../../src/client/serde/event-serde';
import { findJdk, hasJavaCompiler } from '../../src/processes/jdk';
import { applySchemas } from '../../src/components/schemas/apply';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';
import { loadSubjects } from '../../src/components/schemas/load';
import { registryClient, type RegistryClient } from '../../src/registry-client/registry-client';
import { valueSubject, type AvroSchema } from '../../src/avro/subject';
import { startApicurio, type Apicurio } from '../../tools/support/apicurio';
import { CORPUS, EVOLUTIONS } from '../support/avro-corpus';
import { Dice } from '../../tools/support/dice';
import { order, orderV1, payment } from '../../tools/support/events';
import { framed, prefixed } from '../../tools/support/framed';
import { startGate, type Gate } from '../support/gate';
import { compareWithJava, type Versions } from '../support/java-comparison';
import { schemas } from '../../examples/catalogue/schemas';

const UNKNOWN = 1_000_000;
const [V1, V2] = eventSchemas.orders;

let apicurio: Apicurio;
let gate: Gate;
let registry: RegistryClient;
/** Schema id of version 1 of the orders. */
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

const open = () =>
  EventSerde.open({
    registry: gate.url,
    schemas: eventSchemas,
    topics: ['orders', 'payments'],
    // A closed gate refuses at once.
    registryTimeoutMs: 30_000,
  });

/** An order from a writer that does not know coupons yet. */
const oldOrder = (): Buffer => framed(first, V1, orderV1());

describe('a serde with a real registry', () => {
  it('does not open if its schemas are not registered, and registers none', async () => {
    const opened = open();
    await expect(opened).rejects.toThrow(FatalError);
    await expect(opened).rejects.toThrow('npm run schemas -- apply');
    await expect(registry.versions(valueSubject('orders'))).resolves.toEqual([]);
    await registry.register(valueSubject('orders'), V1);
    await expect(open()).rejects.toThrow('orders-value version 2, payments-value version 1\n');
  });

  it('writes the schema id that the registry has assigned', async () => {
    await applySchemas({ registry, subjects: loadSubjects(schemas) });
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

  it('reads version 2 as version 1, without unknown fields', async () => {
    const old = await EventSerde.open({
      registry: gate.url,
      schemas: eventSchemas,
      topics: ['orders'],
      readerVersions: { orders: 1 },
    });
    const read = await old.decode('orders', (await open()).encode('orders', order({ couponCode: 'SPRING' })));
    expect(read).toEqual(orderV1());
    expect(read).not.toHaveProperty('couponCode');
  });

  it('reads version 1 as version 2, with the default', async () => {
    const serde = await open();
    expect(await serde.decode('orders', oldOrder())).toEqual({ ...orderV1(), couponCode: null });
  });

  it('reads records of a schema that is not in the catalogue yet', async () => {
    const text = JSON.stringify(eventSchemas.payments[0]).replace('"WALLET"', '"WALLET","CASH"');
    const later = JSON.parse(text) as AvroSchema;
    const id = await registry.register(valueSubject('payments'), later);
    const bytes = framed(id, later, { ...payment(), method: 'CASH' });
    expect(await (await open()).decode('payments', bytes)).toEqual(payment({ method: 'OTHER' }));
  });

  it('reads records of a schema that refers to other subjects, to one of them twice', async () => {
    const post = async (subject: string, schema: object, references: readonly object[] = []): Promise<number> => {
      const answer = await fetch(`${apicurio.url}/subjects/${subject}/versions`, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
        body: JSON.stringify({ schema: JSON.stringify(schema), references }),
      });
      return ((await answer.json()) as { readonly id: number }).id;
    };
    const country = { type: 'enum', name: 'Country', namespace: 'shop', symbols: ['DE', 'FR'] };
    const address = (type: unknown) => ({ type: 'record', name: 'shop.Address', fields: [{ name: 'country', type }] });
    const { fields, ...rest } = V2 as { readonly fields: readonly object[] };
    const order2 = (at: unknown, from: unknown) => ({
      ...rest,
      fields: [
        ...fields,
        { name: 'at', type: ['null', at], default: null },
        { name: 'from', type: ['null', from], default: null },
      ],
    });
    const toCountry = { name: 'shop.Country', subject: 'country', version: 1 };
    await post('country', country);
    await post('address', address('Country'), [toCountry]);
    const id = await post('elsewhere-value', order2('shop.Address', 'shop.Country'), [
      { name: 'shop.Address', subject: 'address', version: 1 },
      toCountry,
    ]);
    const whole = order2(address(country), 'shop.Country') as AvroSchema;
    const bytes = framed(id, whole, { ...order(), at: { country: 'FR' }, from: 'DE' });
    expect(await (await open()).decode('orders', bytes)).toEqual(order());
  });

  it('blames no record for an unreadable version of the subject', async () => {
    const subject = valueSubject('payments');
    const { fields, ...rest } = eventSchemas.payments[0] as { readonly fields: readonly { readonly name: string }[] };
    const broken = { ...rest, fields: fields.filter(({ name }) => name !== 'currency') };
    const id = await registry.register('payments-elsewhere', broken);
    const bytes = prefixed(id, Buffer.alloc(40));
    const serde = await open();
    await expect(serde.decode('payments', bytes)).rejects.toThrow(PermanentError);
    await registry.setCompatibility(subject, 'NONE');
    expect(await registry.register(subject, broken)).toBe(id);
    const decoded = (await open()).decode('payments', bytes);
    await expect(decoded).rejects.toThrow(FatalError);
    await expect(decoded).rejects.toThrow(
      new RegExp(`schema id ${id} \\(payments-value version \\d+\\) cannot be read here: currency is missing`),
    );
  });

  it('reports an id that is not in the registry as a permanent error', async () => {
    const decoded = (await open()).decode('orders', prefixed(UNKNOWN, Buffer.alloc(9)));
    await expect(decoded).rejects.toThrow(PermanentError);
    await expect(decoded).rejects.toThrow('orders: the value cannot be decoded (schema id 1000000)');
  });

  it('does not write with another topic’s schema', async () => {
    const serde = await open();
    const bytes = serde.encode('payments', payment());
    expect(() => serde.decode('orders', bytes)).toThrow(PermanentError);
  });

  it('reads known schemas while the registry is unavailable, fails retriably for others, and recovers', async () => {
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

const SEED = Date.now() % 1_000_000;

describe('compared with Apache Avro for Java', () => {
  const versions: readonly Versions[] = [
    ...Object.entries(CORPUS).map(([name, schema]) => ({ name, writer: schema, reader: schema })),
    ...Object.entries(EVOLUTIONS).map(([name, [writer, reader]]) => ({ name, writer, reader })),
    ...Object.entries(eventSchemas).flatMap(([name, all]) =>
      all.flatMap((writer) => all.map((reader) => ({ name, writer, reader }))),
    ),
  ];

  /** A Java runtime alone has no compiler for the program of the test. */
  (hasJavaCompiler(findJdk()) ? it : it.skip)(`the serde writes and reads the same, seed ${SEED}`, async () => {
    const { compared, differences } = await compareWithJava(versions, new Dice(SEED));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(20 * versions.length);
  });
});
