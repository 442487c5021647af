import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSchemas } from '../../../src/status/read-schemas';
import { WITHIN_MS } from '../../support/until';

/** Answers of a registry by path; other paths are not found. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/subjects': ['payments-value', 'orders-value'],
  '/subjects/orders-value/versions': [1, 3],
  '/subjects/orders-value/versions/1': { version: 1, id: 1, schema: '"int"' },
  '/subjects/orders-value/versions/3': { version: 3, id: 7, schema: '"long"' },
  '/config/orders-value': { compatibilityLevel: 'FULL' },
  '/subjects/payments-value/versions': [1],
  '/subjects/payments-value/versions/1': { version: 1, id: 2, schemaType: 'JSON', schema: '{}' },
};

let registry: Server;
let url: string;

beforeAll(async () => {
  registry = createServer(({ url: path = '' }, response) => {
    const answer = ANSWERS[path] ?? { error_code: 40408, message: 'there is none' };
    response.writeHead(path in ANSWERS ? 200 : 404).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});

afterAll(() => registry.close());

it('subjects have their versions and levels, sorted by name', async () => {
  expect(await readSchemas(url, WITHIN_MS)).toEqual([
    { subject: 'orders-value', versions: [1, 3], schemaType: 'AVRO', compatibility: 'FULL' },
    { subject: 'payments-value', versions: [1], schemaType: 'JSON', compatibility: undefined },
  ]);
});

it('a registry that does not answer is an error', async () => {
  await expect(readSchemas('http://127.0.0.1:1', WITHIN_MS)).rejects.toThrow('No answer from the schema registry');
});
