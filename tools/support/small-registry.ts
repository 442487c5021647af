import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';
import { valueSubject, type AvroSchema } from '../../src/avro/subject';

/** How the registry responds to all requests. */
type Mood = 'answers' | 'hangs' | { readonly status: number; readonly body: string };

/** A simulated registry for readers and writers, with outages and responses that are rare in a real one. */
export interface SmallRegistry {
  readonly url: string;
  /** Method and path of every request. */
  readonly asked: string[];
  mood: Mood;
  /** Requests that are rejected with a separate error. */
  refuses: RegExp | undefined;
  /** Assigns an id to a schema. */
  add(schema: AvroSchema): number;
  stop(): Promise<void>;
}

/** The schemas of the catalogue are registered with ids from 1. */
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
  const registry = { asked: [] as string[], mood: 'answers' as Mood, refuses: undefined as RegExp | undefined };
  const idOf = (text: string): number => schemas.findIndex((schema) => JSON.stringify(schema) === text) + 1;
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    registry.asked.push(`${method} ${url}`);
    if (registry.mood === 'hangs') return;
    if (registry.mood !== 'answers') {
      response.writeHead(registry.mood.status).end(registry.mood.body);
      return;
    }
    if (registry.refuses?.test(url) === true) {
      response.writeHead(500).end('{"error_code":50001,"message":"store"}');
      return;
    }
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const [, id] = /^\/schemas\/ids\/(\d+)$/.exec(url) ?? [];
      if (id !== undefined) {
        answer(response, { schema: schemas[Number(id) - 1], missing: 40403 }, {});
        return;
      }
      const [, used] = /^\/schemas\/ids\/(\d+)\/versions$/.exec(url) ?? [];
      if (used !== undefined) {
        const text = JSON.stringify(schemas[Number(used) - 1]);
        const uses = [...subjects].flatMap(([subject, versions]) =>
          versions.flatMap((each, index) => (each === text ? [{ subject, version: index + 1 }] : [])),
        );
        response.end(JSON.stringify(uses));
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
      answer(
        response,
        { schema, missing: 40401 },
        { id: idOf(found ?? ''), version: versions.indexOf(found ?? '') + 1 },
      );
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

interface Found {
  readonly schema: AvroSchema | undefined;
  /** Error code for a missing schema. */
  readonly missing: number;
}

function answer(response: ServerResponse, { schema, missing }: Found, more: object): void {
  if (schema === undefined) {
    response.writeHead(404).end(JSON.stringify({ error_code: missing, message: 'no' }));
    return;
  }
  response.end(JSON.stringify({ ...more, schema: JSON.stringify(schema) }));
}
