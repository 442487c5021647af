import { applySchemas } from '../../src/components/schemas/apply';
import { schemaCatalogue } from '../../examples/catalogue/schemas/catalogue';
import { loadSubjects } from '../../src/components/schemas/load';
import { readPlan } from '../../src/components/schemas/read-plan';
import { registryClient, type RegistryClient } from '../../src/registry-client/registry-client';
import { sameSchema } from '../../src/avro/schema-tree';
import { valueSubject, type AvroSchema, type Compatibility, type Subject } from '../../src/avro/subject';
import { verifySchemas } from '../../src/components/schemas/verify';
import type { Outcome } from '../../src/components/outcome';
import type { SmokeTarget } from '../../src/smoke/check';
import { faultsOf, schemasCheck } from '../../src/components/schemas/schemas-check';
import { startApicurio, type Apicurio } from '../../tools/support/apicurio';
import { schemas } from '../../examples/catalogue/schemas';

const CATALOGUE = loadSubjects(schemas);
const [V1, V2] = CATALOGUE.find(({ subject }) => subject === 'orders-value')?.versions ?? [];

const NOBODY = 'http://127.0.0.1:2';

let apicurio: Apicurio;
let registry: RegistryClient;
let count = 0;

beforeAll(async () => {
  apicurio = await startApicurio();
  registry = registryClient({ url: apicurio.url });
});

afterAll(() => apicurio.stop());

/** A subject of its own for each test. */
const orders = (versions: readonly (AvroSchema | undefined)[], compatibility: Compatibility = 'FULL'): Subject => ({
  subject: valueSubject(`orders-${count}`),
  compatibility,
  versions: versions.filter((schema) => schema !== undefined),
});

beforeEach(() => (count += 1));

const apply = (...subjects: readonly Subject[]) => applySchemas({ registry, subjects });
const plan = (...subjects: readonly Subject[]) => readPlan({ registry, subjects });
const check = (url: string | undefined, subjects: readonly Subject[] = CATALOGUE): Promise<Outcome> => {
  const target = { services: { registry: url }, subjects, settleMs: 0, run: `run-${count}` };
  return schemasCheck.run(target as unknown as SmokeTarget<unknown>, () => undefined);
};
const numbers = async ({ subject }: Subject): Promise<readonly number[]> =>
  (await registry.versions(subject)).map(({ version }) => version);

/** V1 with a field that old records do not have. */
const breaking = (): AvroSchema => {
  const { fields, ...rest } = V1 as { readonly fields: readonly object[] };
  return { ...rest, fields: [...fields, { name: 'channel', type: 'string' }] };
};

describe('schemas on a real registry', () => {
  it('are registered with their levels, verified, and unchanged by a second run', async () => {
    const first = await applySchemas({ registry, subjects: CATALOGUE });
    expect(first.summary.startsWith(`${schemaCatalogue.length} to create`)).toBe(true);
    await expect(verifySchemas({ registry, subjects: CATALOGUE })).resolves.toEqual([]);
    const before = await Promise.all(CATALOGUE.map(({ subject }) => registry.versions(subject)));
    expect(before.map(({ length }) => length)).toEqual(CATALOGUE.map(({ versions }) => versions.length));
    await expect(registry.compatibility('orders-value')).resolves.toBe('FULL_TRANSITIVE');

    const second = await applySchemas({ registry, subjects: CATALOGUE });
    expect(second.steps.filter(({ kind }) => kind !== 'unmanaged').map(({ kind }) => kind)).toEqual(
      CATALOGUE.map(() => 'unchanged'),
    );
    expect(await Promise.all(CATALOGUE.map(({ subject }) => registry.versions(subject)))).toEqual(before);
  });

  it('evolve from version 1 to version 2', async () => {
    await apply(orders([V1]));
    await expect(numbers(orders([]))).resolves.toEqual([1]);
    await expect(plan(orders([V1, V2]))).resolves.toContainEqual({
      kind: 'change',
      subject: orders([]).subject,
      register: [{ version: 2, schema: V2 }],
    });
    await apply(orders([V1, V2]));
    await expect(numbers(orders([]))).resolves.toEqual([1, 2]);
  });

  it('are refused if readers cannot read them: the field is named, and nothing is registered', async () => {
    await apply(orders([V1]));
    const other: Subject = { ...orders([V1]), subject: valueSubject(`other-${count}`) };
    await expect(apply(orders([V1, breaking()]), other)).rejects.toThrow(
      /nothing was changed[\s\S]*field `channel` was added without a default/,
    );
    await expect(numbers(orders([]))).resolves.toEqual([1]);
    await expect(numbers(other)).resolves.toEqual([]);
  });

  it('get another level, which the registry then enforces', async () => {
    await apply(orders([V1], 'BACKWARD'));
    await apply(orders([V1], 'FULL_TRANSITIVE'));
    await expect(registry.compatibility(orders([]).subject)).resolves.toBe('FULL_TRANSITIVE');
  });

  it('lose a foreign mode of their subject, and nothing is done while the whole registry has one', async () => {
    const { subject } = orders([V1]);
    await apply(orders([V1]));
    const setMode = async (path: string, mode: string): Promise<void> => {
      const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
      const answer = await fetch(`${apicurio.url}/mode${path}`, {
        method: 'PUT',
        headers,
        body: JSON.stringify({ mode }),
      });
      expect(answer.status).toBe(200);
    };
    await setMode(`/${subject}`, 'READONLY');
    const target = { registry, subjects: [orders([V1])] };
    await expect(verifySchemas(target)).resolves.toEqual([`${subject}: mode is READONLY instead of READWRITE`]);
    await apply(orders([V1]));
    await expect(registry.mode?.(subject)).resolves.toBe('READWRITE');

    await setMode('', 'READONLY');
    await expect(apply(orders([V1, V2]))).rejects.toThrow(/nothing was changed[\s\S]*registry is in mode READONLY/);
    await setMode('', 'READWRITE');
    await expect(verifySchemas(target)).resolves.toEqual([]);
  });

  it('can get a level that allows a version which the previous level refused', async () => {
    await apply(orders([V1], 'FULL'));
    await apply(orders([V1, breaking()], 'NONE'));
    await expect(numbers(orders([]))).resolves.toEqual([1, 2]);
  });

  it('are enforced by the registry itself for a client that bypasses the catalogue', async () => {
    await apply(orders([V1]));
    await expect(registry.register(orders([]).subject, breaking())).rejects.toThrow(/refuses POST .*409/);
    await expect(registry.incompatibilities(orders([]).subject, breaking())).resolves.not.toEqual([]);
    await expect(registry.incompatibilities(orders([]).subject, V2 ?? '')).resolves.toEqual([]);
  });

  it('are compared with all earlier versions by the registry if the level requires it', async () => {
    const { fields, ...rest } = V2 as { readonly fields: readonly { readonly name: string; readonly type: unknown }[] };
    // Version 2 has the field that readers need, version 1 does not.
    const last = { ...rest, fields: fields.map(({ name, type }) => ({ name, type })) };
    await apply(orders([V1, V2], 'BACKWARD'));
    await expect(registry.incompatibilities(orders([]).subject, last)).resolves.toEqual([]);
    await apply(orders([V1, V2], 'BACKWARD_TRANSITIVE'));
    await expect(registry.incompatibilities(orders([]).subject, last)).resolves.not.toEqual([]);
  });

  it('are not added to a subject with a foreign version', async () => {
    await apply(orders([V1], 'NONE'));
    await registry.register(orders([]).subject, breaking());
    await expect(apply(orders([V1, V2], 'NONE'))).rejects.toThrow(
      /version 2 in the registry is not in the catalogue: .*field `channel` is only in the registry/,
    );
    await expect(numbers(orders([]))).resolves.toEqual([1, 2]);
  });

  it('skip a foreign version that is equivalent', async () => {
    await apply(orders([V1]));
    const { subject } = orders([]);
    const java = JSON.stringify(V1).replace('"string"', '{"type":"string","avro.java.string":"String"}');
    const id = await registry.register(subject, JSON.parse(java) as AvroSchema);
    await expect(numbers(orders([]))).resolves.toEqual([1, 2]);
    const told = `${subject} version 2 means the same as version 1 of the catalogue`;
    await expect(plan(orders([V1]))).resolves.toContainEqual({
      kind: 'unchanged',
      subject,
      passedOver: [{ version: 2, same: 1 }],
    });
    expect((await apply(orders([V1]))).summary).toContain(told);
    await expect(verifySchemas({ registry, subjects: [orders([V1])] })).resolves.toEqual([]);
    await expect(check(apicurio.url, [orders([V1])])).resolves.toMatchObject({
      status: 'passed',
      summary: expect.stringContaining(told) as string,
    });
    expect(sameSchema(await registry.schema(id), V1 ?? '')).toBe(true);
    await apply(orders([V1, V2]));
    await expect(numbers(orders([]))).resolves.toEqual([1, 2, 3]);
  });

  it('include their references: a schema with references equals one with them inlined', async () => {
    const { fields, ...rest } = V1 as { readonly fields: readonly { readonly name: string; readonly type: unknown }[] };
    const { items: line } = fields.find(({ name }) => name === 'lines')?.type as { readonly items: object };
    const namespace = 'platform.orders';
    await registry.register(`line-${count}`, { ...line, namespace });
    const short = fields.map((field) =>
      field.name === 'lines' ? { ...field, type: { type: 'array', items: 'OrderLine' } } : field,
    );
    const references = [{ name: `${namespace}.OrderLine`, subject: `line-${count}`, version: 1 }];
    const schema = JSON.stringify({ ...rest, fields: short });
    const answer = await fetch(`${apicurio.url}/subjects/${orders([]).subject}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify({ schema, references }),
    });
    expect(answer.status).toBe(200);
    const [registered] = await registry.versions(orders([]).subject);
    expect(registered?.fault).toBeUndefined();
    expect(sameSchema(registered?.schema ?? '', V1 ?? '')).toBe(true);
    await apply(orders([V1, V2]));
    await expect(numbers(orders([]))).resolves.toEqual([1, 2]);
    await expect(registry.idOf(orders([]).subject, V1 ?? '')).resolves.toEqual(
      ((await answer.json()) as { id: number }).id,
    );
    // The registry still enforces the level for the newest version.
    await expect(registry.register(orders([]).subject, breaking())).rejects.toThrow(/409/);
  });

  it('leave subjects unchanged that are not in the catalogue', async () => {
    const foreign = `foreign-${count}-value`;
    await registry.register(foreign, V1 ?? '');
    const state = () => Promise.all([registry.versions(foreign), registry.compatibility(foreign)]);
    const before = await state();
    const key = `orders-${count}-key`;
    await registry.register(key, V1 ?? '');
    const { steps, summary } = await apply(orders([V1]));
    expect(steps).toContainEqual({ kind: 'unmanaged', subject: foreign });
    expect(steps).toContainEqual({ kind: 'unmanaged', subject: key, topic: `orders-${count}` });
    expect(summary).toContain(`${key} is a subject of topic orders-${count} that the code does not have`);
    expect(await state()).toEqual(before);
  });

  it('have no versions and no level if the subject is missing', async () => {
    await expect(registry.versions('missing-value')).resolves.toEqual([]);
    await expect(registry.compatibility('missing-value')).resolves.toBeUndefined();
  });

  it('are not compared with a registry that does not answer', async () => {
    const away = registryClient({ url: NOBODY });
    await expect(applySchemas({ registry: away, subjects: CATALOGUE })).rejects.toThrow(
      `No answer from the schema registry at ${NOBODY}/subjects: ECONNREFUSED`,
    );
  });
});

describe('the smoke test of schemas', () => {
  /** All subjects, including soft-deleted ones. */
  const allSubjects = async (): Promise<unknown> => (await fetch(`${apicurio.url}/subjects?deleted=true`)).json();

  it('passes if the catalogue is registered, and leaves nothing behind', async () => {
    await applySchemas({ registry, subjects: CATALOGUE });
    const before = await allSubjects();
    await expect(check(apicurio.url)).resolves.toMatchObject({
      status: 'passed',
      summary: `${schemaCatalogue.length} subjects as in the catalogue; an incompatible schema is rejected with 409`,
    });
    expect(await allSubjects()).toEqual(before);
  });

  it('fails if a subject of the catalogue is missing', async () => {
    await expect(check(apicurio.url, [orders([V1])])).resolves.toMatchObject({
      status: 'failed',
      summary: `1 differences: ${orders([]).subject}: missing`,
    });
  });

  it('fails if the registry accepts an incompatible schema, and leaves nothing behind', async () => {
    const subject = valueSubject(`smoke-${count}`);
    const lax: RegistryClient = { ...registry, setCompatibility: (name) => registry.setCompatibility(name, 'NONE') };
    await expect(faultsOf(lax, subject)).resolves.toEqual([
      'an incompatible schema is answered with 200 instead of 409',
    ]);
    expect(await allSubjects()).not.toContain(subject);
  });

  it('fails if an id has another schema', async () => {
    const wrong: RegistryClient = { ...registry, schema: () => Promise.resolve(V1 ?? '') };
    await expect(faultsOf(wrong, valueSubject(`smoke-${count}`))).resolves.toEqual([
      'its ids do not refer to the registered schemas',
    ]);
  });

  it('fails if the registry does not answer, and is skipped if there is none', async () => {
    await expect(check(NOBODY)).resolves.toMatchObject({
      status: 'failed',
      summary: expect.stringContaining(`No answer from the schema registry at ${NOBODY}`) as string,
    });
    await expect(check(undefined)).resolves.toMatchObject({ status: 'skipped' });
  });
});
