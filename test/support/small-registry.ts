import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventSchemas } from '../../src/schemas/event-schemas';
import { valueSubject, type AvroSchema } from '../../src/schemas/subject';

/** What it does with every request, until told otherwise. */
type Mood = 'answers' | 'hangs' | { readonly status: number; readonly body: string };

/** The part of a registry that readers and writers ask, with the outages and odd answers that a real one has seldom. */
export interface SmallRegistry {
  readonly url: string;
  /** Of every request, method and path. */
  readonly asked: string[];
  mood: Mood;
  /** Gives a schema an id that records may name. */
  add(schema: AvroSchema): number;
  stop(): Promise<void>;
}

/** The catalogue is registered; ids count from 1. */
export async function startSmallRegistry(catalogue: object = eventSchemas): Promise<SmallRegistry> {
  const schemas: AvroSchema[] = [];
  const subjects = new Map<string, string[]>();
  for (const [topic, versions] of Object.entries(catalogue) as [string, readonly AvroSchema[]][]) {
    schemas.push(...versions);
    subjects.set(
      valueSubject(topic),
      versions.map((schema) => JSON.stringify(schema)),
    );
  }
  const registry = { asked: [] as string[], mood: 'answers' as Mood };
  const idOf = (text: string): number => schemas.findIndex((schema) => JSON.stringify(schema) === text) + 1;
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    registry.asked.push(`${method} ${url}`);
    if (registry.mood === 'hangs') return;
    if (registry.mood !== 'answers') {
      response.writeHead(registry.mood.status).end(registry.mood.body);
      return;
    }
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const [, id] = /^\/schemas\/ids\/(\d+)$/.exec(url) ?? [];
      if (id !== undefined) {
        answer(response, 40403, schemas[Number(id) - 1], {});
        return;
      }
      const [, subject = '', number] = /^\/subjects\/([^/]+)(?:\/versions\/?(\d+)?)?$/.exec(url) ?? [];
      const versions = subjects.get(subject) ?? [];
      if (url.endsWith('/versions')) {
        response.end(JSON.stringify(versions.map((_, index) => index + 1)));
        return;
      }
      const text =
        number === undefined ? (JSON.parse(body) as { schema: string }).schema : versions[Number(number) - 1];
      const found = versions.find((each) => each === text);
      const schema = found === undefined ? undefined : (JSON.parse(found) as AvroSchema);
      answer(response, 40401, schema, { id: idOf(found ?? ''), version: versions.indexOf(found ?? '') + 1 });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(registry, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (schema: AvroSchema) => schemas.push(schema),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
}

function answer(response: ServerResponse, missing: number, schema: AvroSchema | undefined, more: object): void {
  if (schema === undefined) {
    response.writeHead(404).end(JSON.stringify({ error_code: missing, message: 'no' }));
    return;
  }
  response.end(JSON.stringify({ ...more, schema: JSON.stringify(schema) }));
}
