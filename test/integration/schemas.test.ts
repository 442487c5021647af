import { applySchemas } from '../../src/schemas/apply';
import { schemaCatalogue } from '../../src/schemas/catalogue';
import { loadSubjects } from '../../src/schemas/load';
import { readPlan } from '../../src/schemas/read-plan';
import { registryClient, type RegistryClient } from '../../src/schemas/registry-client';
import { valueSubject, type AvroSchema, type Compatibility, type Subject } from '../../src/schemas/subject';
import { verifySchemas } from '../../src/schemas/verify';
import type { Outcome, SmokeTarget } from '../../src/smoke/check';
import { faultsOf, schemasCheck } from '../../src/smoke/schemas-check';
import { startApicurio, type Apicurio } from '../support/apicurio';

const CATALOGUE = loadSubjects();
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
const numbers = async ({ subject }: Subject): Promise<readonly number[]> =>
  (await registry.versions(subject)).map(({ version }) => version);

/** V1 with a field that old records do not have. */
const breaking = (): AvroSchema => {
  const { fields, ...rest } = V1 as { readonly fields: readonly object[] };
  return { ...rest, fields: [...fields, { name: 'channel', type: 'string' }] };
};

describe('schemas on a real registry', () => {
  it('are registered with their levels, verified, and not touched by a second run', async () => {
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

  it('are refused when readers could not live with them: the field is named, and nothing registered anywhere', async () => {
    await apply(orders([V1]));
    const other: Subject = { ...orders([V1]), subject: valueSubject(`other-${count}`) };
    await expect(apply(orders([V1, breaking()]), other)).rejects.toThrow(
      /nothing was changed[\s\S]*field `channel` was added without a default/,
    );
    await expect(numbers(orders([]))).resolves.toEqual([1]);
    await expect(numbers(other)).resolves.toEqual([]);
  });

  it('get another level, which the registry then holds', async () => {
    await apply(orders([V1], 'BACKWARD'));
    await apply(orders([V1], 'FULL_TRANSITIVE'));
    await expect(registry.compatibility(orders([]).subject)).resolves.toBe('FULL_TRANSITIVE');
  });

  it('take a level that lets a version in which the one before would have kept out', async () => {
    await apply(orders([V1], 'FULL'));
    await apply(orders([V1, breaking()], 'NONE'));
    await expect(numbers(orders([]))).resolves.toEqual([1, 2]);
  });

  it('are enforced by the registry itself, for whoever registers past the catalogue', async () => {
    await apply(orders([V1]));
    await expect(registry.register(orders([]).subject, breaking())).rejects.toThrow(/refuses POST .*409/);
    await expect(registry.incompatibilities(orders([]).subject, breaking())).resolves.not.toEqual([]);
    await expect(registry.incompatibilities(orders([]).subject, V2 ?? '')).resolves.toEqual([]);
  });

  it('are held to all earlier versions by the registry’s check, where the level says so', async () => {
    const { fields, ...rest } = V2 as { readonly fields: readonly { readonly name: string; readonly type: unknown }[] };
    // Version 2 has the field for all readers, version 1 has not.
    const last = { ...rest, fields: fields.map(({ name, type }) => ({ name, type })) };
    await apply(orders([V1, V2], 'BACKWARD'));
    await expect(registry.incompatibilities(orders([]).subject, last)).resolves.toEqual([]);
    await apply(orders([V1, V2], 'BACKWARD_TRANSITIVE'));
    await expect(registry.incompatibilities(orders([]).subject, last)).resolves.not.toEqual([]);
  });

  it('are not added to what somebody else has registered', async () => {
    await apply(orders([V1], 'NONE'));
    await registry.register(orders([]).subject, breaking());
    await expect(apply(orders([V1, V2], 'NONE'))).rejects.toThrow(
      /version 2 in the registry is not in the catalogue: .*field `channel` is only in the registry/,
    );
    await expect(numbers(orders([]))).resolves.toEqual([1, 2]);
  });

  it('leave subjects alone that the catalogue does not have', async () => {
    const foreign = `foreign-${count}-value`;
    await registry.register(foreign, V1 ?? '');
    const state = () => Promise.all([registry.versions(foreign), registry.compatibility(foreign)]);
    const before = await state();
    expect((await apply(orders([V1]))).steps).toContainEqual({ kind: 'unmanaged', subject: foreign });
    expect(await state()).toEqual(before);
  });

  it('have none and no level where a subject is missing', async () => {
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
  const check = (url: string | undefined, subjects: readonly Subject[] = CATALOGUE): Promise<Outcome> => {
    const target = { services: { registry: url }, subjects, settleMs: 0, run: `run-${count}` };
    return schemasCheck.run(target as unknown as SmokeTarget, () => undefined);
  };

  /** With those that are only hidden. */
  const allSubjects = async (): Promise<unknown> => (await fetch(`${apicurio.url}/subjects?deleted=true`)).json();

  it('passes where the catalogue is registered, and leaves nothing behind', async () => {
    await applySchemas({ registry, subjects: CATALOGUE });
    const before = await allSubjects();
    await expect(check(apicurio.url)).resolves.toMatchObject({
      status: 'passed',
      summary: `${schemaCatalogue.length} subjects as in the catalogue; an incompatible schema is refused with 409`,
    });
    expect(await allSubjects()).toEqual(before);
  });

  it('fails where a subject of the catalogue is missing', async () => {
    await expect(check(apicurio.url, [orders([V1])])).resolves.toMatchObject({
      status: 'failed',
      summary: `1 differences: ${orders([]).subject}: missing`,
    });
  });

  it('fails where the registry lets an incompatible schema in, and leaves nothing behind', async () => {
    const subject = valueSubject(`smoke-${count}`);
    const lax: RegistryClient = { ...registry, setCompatibility: (name) => registry.setCompatibility(name, 'NONE') };
    await expect(faultsOf(lax, subject)).resolves.toEqual([
      'an incompatible schema is answered with 200 instead of 409',
    ]);
    expect(await allSubjects()).not.toContain(subject);
  });

  it('fails where an id leads to another schema', async () => {
    const wrong: RegistryClient = { ...registry, schema: () => Promise.resolve(V1 ?? '') };
    await expect(faultsOf(wrong, valueSubject(`smoke-${count}`))).resolves.toEqual([
      'its ids do not lead to the schemas that were registered',
    ]);
  });

  it('fails where nobody answers, and is skipped where there is no registry', async () => {
    await expect(check(NOBODY)).resolves.toMatchObject({
      status: 'failed',
      summary: expect.stringContaining(`No answer from the schema registry at ${NOBODY}`) as string,
    });
    await expect(check(undefined)).resolves.toMatchObject({ status: 'skipped' });
  });
});
