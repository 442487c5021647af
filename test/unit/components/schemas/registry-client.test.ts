import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutageError } from '../../../../src/client/errors';
import { WriterSchemas } from '../../../../src/client/serde/writer-schemas';
import { UserError } from '../../../../src/validation/user-error';
import { registryClient, type RegistryClient } from '../../../../src/registry-client/registry-client';
import { UnresolvedReference } from '../../../../src/registry-client/schema-references';
import { sameSchema } from '../../../../src/avro/schema-tree';
import type { AvroSchema } from '../../../../src/avro/subject';
import { untilRegistryAnswers } from '../../../../src/components/schemas/until-registry-answers';

interface Answer {
  readonly status: number;
  readonly body: string;
}

let server: Server;
let answers: Readonly<Record<string, Answer>>;
let asked: string[];

const json = (body: unknown, status = 200): Answer => ({ status, body: JSON.stringify(body) });
const refusal = (code: number, status = 404): Answer => json({ error_code: code, message: 'no' }, status);

/** A server with prepared responses, to test how the client handles them. */
beforeEach(async () => {
  answers = {};
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const answer = answers[request.url ?? ''];
    if (answer === undefined) return;
    response.writeHead(answer.status).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const url = (path = ''): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const client = (path = ''): RegistryClient => registryClient({ url: url(path), timeoutMs: 2_000 });

describe('the client of a registry', () => {
  it('keeps a base path, with a slash at its end or without', async () => {
    answers = { '/apis/ccompat/v7/subjects': json(['a-value']) };
    await expect(client('/apis/ccompat/v7/').subjects()).resolves.toEqual(['a-value']);
    await expect(client('/apis/ccompat/v7').subjects()).resolves.toEqual(['a-value']);
  });

  it.each([
    ['/subjects', json({ a: 1 }), (registry: RegistryClient) => registry.subjects()],
    ['/subjects', json([1]), (registry: RegistryClient) => registry.subjects()],
    ['/subjects', { status: 200, body: '<html>' }, (registry: RegistryClient) => registry.subjects()],
    ['/subjects', { status: 500, body: '<html>' }, (registry: RegistryClient) => registry.subjects()],
    ['/subjects', { status: 200, body: 'null' }, (registry: RegistryClient) => registry.subjects()],
    ['/subjects/a-value/versions', json({}), (registry: RegistryClient) => registry.versions('a-value')],
    ['/subjects/a-value/versions', json(['1']), (registry: RegistryClient) => registry.versions('a-value')],
    ['/subjects/a-value', json([]), (registry: RegistryClient) => registry.idOf('a-value', 'string')],
    ['/subjects/a-value/versions', json('7'), (registry: RegistryClient) => registry.register('a-value', 'string')],
    ['/config/a-value', json([]), (registry: RegistryClient) => registry.compatibility('a-value')],
  ])('names %s if its answer is not a registry’s: %p', async (path, answer, ask) => {
    answers = { [path]: answer };
    const error: unknown = await ask(client()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(path);
  });

  it('returns versions oldest first, and Avro as the default type', async () => {
    answers = {
      '/subjects/a-value/versions': json([10, 2]),
      '/subjects/a-value/versions/2': json({ subject: 'a-value', version: 2, id: 7, schema: '"string"' }),
      '/subjects/a-value/versions/10': json({ version: 10, id: 8, schema: '{}', schemaType: 'JSON' }),
    };
    await expect(client().versions('a-value')).resolves.toEqual([
      { version: 2, schemaType: 'AVRO', schema: 'string' },
      { version: 10, schemaType: 'JSON' },
    ]);
  });

  it('reads a schema by the id of a record, and a primitive’s bare name, too', async () => {
    answers = {
      '/schemas/ids/7': json({ schema: '{"type":"array","items":"long"}' }),
      '/schemas/ids/8': json({ schema: 'string' }),
    };
    await expect(client().schema(7)).resolves.toEqual({ type: 'array', items: 'long' });
    await expect(client().schema(8)).resolves.toBe('string');
  });

  it('has no schema for an id that the registry does not know, by the registry’s own codes only', async () => {
    answers = { '/schemas/ids/7': refusal(40403), '/schemas/ids/8': refusal(404), '/schemas/ids/9': json({}) };
    await expect(client().schemaIfAny(7)).resolves.toBeUndefined();
    await expect(client().schemaIfAny(8)).rejects.toThrow(`refuses GET ${url('/schemas/ids/8')}: no (404`);
    await expect(client().schemaIfAny(9)).rejects.toThrow(`${url()} answers without a schema for id 9`);
  });

  it('finds the id of a schema as the registry compares, or as its meaning does', async () => {
    const found = (schema: object) => json({ version: 1, id: 7, schema: JSON.stringify(schema) });
    const record = { type: 'record', name: 'A', fields: [{ name: 'b', type: 'int' }] };
    answers = { '/subjects/a': found(record) };
    await expect(client().idOf('a', record)).resolves.toBe(7);
    answers = {
      '/subjects/a': refusal(40403),
      '/subjects/a/versions': json([1]),
      '/subjects/a/versions/1': found({ ...record, doc: 'In other words.' }),
    };
    await expect(client().idOf('a', record)).resolves.toBe(7);
    await expect(client().idOf('a', { ...record, fields: [] })).resolves.toBeUndefined();
    answers = { '/subjects/a': refusal(40401), '/subjects/a/versions': refusal(40401) };
    await expect(client().idOf('a', record)).resolves.toBeUndefined();
  });

  it.each([
    ['FULL_TRANSITIVE', '/compatibility/subjects/a/versions?verbose=true'],
    ['FULL', '/compatibility/subjects/a/versions/latest?verbose=true'],
  ])('compares a schema of level %s with the versions that the level covers', async (level, path) => {
    const config = { '/config/a': json({ compatibilityLevel: level }) };
    answers = { ...config, [path]: json({ is_compatible: false, messages: ['field b'] }) };
    await expect(client().incompatibilities('a', 'string')).resolves.toEqual(['field b']);
    answers = { ...config, [path]: json({ is_compatible: false }) };
    await expect(client().incompatibilities('a', 'string')).resolves.toEqual(['it does not say why']);
    answers = { ...config, [path]: json({ is_compatible: true }) };
    await expect(client().incompatibilities('a', 'string')).resolves.toEqual([]);
  });

  it('finds no incompatibility with a missing subject', async () => {
    answers = { '/config/a': refusal(40408), '/compatibility/subjects/a/versions/latest?verbose=true': refusal(40401) };
    await expect(client().incompatibilities('a', 'string')).resolves.toEqual([]);
  });

  it('deletes a soft-deleted subject permanently, and accepts that it is already gone', async () => {
    answers = { '/subjects/a': json([1]), '/subjects/a?permanent=true': json([1]) };
    await client().remove('a');
    expect(asked).toEqual(['DELETE /subjects/a', 'DELETE /subjects/a?permanent=true']);
    answers = { '/subjects/a': refusal(40401), '/subjects/a?permanent=true': refusal(40401) };
    await expect(client().remove('a')).resolves.toBeUndefined();
  });

  it('treats a missing setting as not set, by the registry’s own codes only', async () => {
    answers = { '/subjects/a/versions': refusal(40401), '/config/a': refusal(40408) };
    await expect(client().versions('a')).resolves.toEqual([]);
    await expect(client().compatibility('a')).resolves.toBeUndefined();
    answers = { '/subjects/a/versions': refusal(404), '/config/a': { status: 404, body: '<html>' } };
    await expect(client().versions('a')).rejects.toThrow(`refuses GET ${url('/subjects/a/versions')}: no (404`);
    await expect(client().compatibility('a')).rejects.toThrow(`${url('/config/a')} is no part of a schema registry`);
  });

  it('escapes names of subjects', async () => {
    answers = { '/config/a%2Fb%20c': json({ compatibilityLevel: 'FULL' }) };
    await expect(client().compatibility('a/b c')).resolves.toBe('FULL');
  });

  it.each<readonly [string, Answer]>([
    ['is no JSON', { status: 200, body: '<html>' }],
    ['says nothing', { status: 200, body: '' }],
    ['has no code of the API', json({ error: 'not found' }, 404)],
  ])('treats an answer that %s as foreign, and names the address', async (_what, answer) => {
    answers = { '/subjects': answer };
    await expect(client().subjects()).rejects.toThrow(`${url('/subjects')} is no part of a schema registry`);
  });

  it('names address, reason and code of a refusal', async () => {
    answers = { '/subjects/a/versions': json({ error_code: 42201, message: 'Invalid schema' }, 422) };
    await expect(client().register('a', 'string')).rejects.toThrow(
      `refuses POST ${url('/subjects/a/versions')}: Invalid schema (422, code 42201)`,
    );
  });

  it('gives up after a time limit', async () => {
    await expect(client().subjects()).rejects.toThrow(
      `No answer from the schema registry at ${url('/subjects')}: nothing within 2 s`,
    );
    expect(asked).toEqual(['GET /subjects']);
  });

  it('names an address without a listener', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const nobody = registryClient({ url: `http://127.0.0.1:${port}` });
    await expect(nobody.subjects()).rejects.toThrow(`http://127.0.0.1:${port}/subjects: ECONNREFUSED`);
  });
});

describe('waiting for a registry', () => {
  it('ends when it answers, and reports the obstacle until then', async () => {
    answers = { '/subjects': { status: 503, body: 'starting' } };
    const notes: string[] = [];
    const note = (detail: string): void => {
      notes.push(detail);
      answers = { '/subjects': json([]) };
    };
    await untilRegistryAnswers({ registry: client(), withinMs: 5_000, note });
    expect(notes).toEqual([expect.stringContaining('starting (503)')]);
  });

  it('ends with the last answer after the time limit', async () => {
    answers = { '/subjects': { status: 503, body: 'starting' } };
    await expect(untilRegistryAnswers({ registry: client(), withinMs: 0 })).rejects.toThrow(/starting \(503\)/);
  });
});

describe('a schema that refers to others', () => {
  const of = (name: string, ...fields: readonly object[]): string =>
    JSON.stringify({ type: 'record', name, namespace: 'shop', fields });
  const referring = (schema: string, ...names: readonly string[]): object => ({
    id: 7,
    version: 1,
    schema,
    references: names.map((name) => ({ name: `shop.${name}`, subject: name, version: 1 })),
  });
  const A = { name: 'a', type: ['null', 'A'] };
  const B = { name: 'b', type: ['null', 'B'] };

  it('has its references inlined, even if they refer to each other', async () => {
    answers = {
      '/schemas/ids/7': json(referring(of('Event', A, B), 'A', 'B')),
      '/subjects/A/versions/1': json(referring(of('A', B), 'B')),
      '/subjects/B/versions/1': json(referring(of('B', A), 'A')),
    };
    const [b, a] = [
      { type: 'record', name: 'B', fields: [A] },
      { type: 'record', name: 'A', fields: [{ name: 'b', type: ['null'] as unknown[] }] },
    ];
    a.fields[0]?.type.push(b);
    const whole = JSON.parse(of('Event', { name: 'a', type: ['null', a] }, B)) as AvroSchema;
    expect(sameSchema((await client().schemaIfAny(7)) ?? '', whole)).toBe(true);
    expect(asked).toHaveLength(3);
  });

  it('reports a missing reference with its version, and a list of versions continues without it', async () => {
    answers = {
      '/schemas/ids/7': json(referring(of('Event', A), 'A')),
      '/subjects/A/versions/1': json(referring(of('A', B), 'B')),
      '/subjects/B/versions/1': refusal(40402),
      '/subjects/x/versions': json([1]),
      '/subjects/x/versions/1': json(referring(of('Event', A), 'A')),
    };
    const told = 'A version 1 refers to shop.B in B version 1, which the registry does not have.';
    await expect(client().schemaIfAny(7)).rejects.toThrow(UnresolvedReference);
    await expect(client().schemaIfAny(7)).rejects.toThrow(told);
    await expect(client().versions('x')).resolves.toMatchObject([
      { version: 1, fault: expect.stringContaining(told) as string },
    ]);
  });

  it('refuses two definitions of the same name', async () => {
    const another = JSON.parse(of('A', { name: 'x', type: 'int' })) as object;
    answers = {
      '/schemas/ids/7': json(referring(of('Event', A, B), 'A', 'B')),
      '/subjects/A/versions/1': json(referring(of('A'))),
      '/subjects/B/versions/1': json(referring(of('B', { name: 'a', type: another }))),
    };
    await expect(client().schemaIfAny(7)).rejects.toThrow(
      'schema id 7 cannot be put together: shop.A is defined by A version 1 and by B version 1, and not alike.',
    );
  });

  it('is not Avro if the registry says so', async () => {
    answers = { '/schemas/ids/7': json({ schema: '{}', schemaType: 'JSON' }) };
    await expect(client().schemaIfAny(7)).rejects.toThrow('schema id 7 is JSON, not Avro.');
  });

  it('is requested again when its references may exist, and no record is blamed before', async () => {
    const schemas = new WriterSchemas(client(), 30_000);
    answers = { '/schemas/ids/7': json(referring(of('Event', A), 'A')), '/subjects/A/versions/1': refusal(40402) };
    await expect(schemas.get(7)).rejects.toThrow(OutageError);
    answers = { ...answers, '/subjects/A/versions/1': json(referring(of('A'))) };
    await expect(schemas.get(7)).resolves.toMatchObject({ name: 'Event' });
  });
});
