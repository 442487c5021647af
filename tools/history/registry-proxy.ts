import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../src/components/kafka-cluster/local-layout';

/** A proxy for a real registry that does not answer requests for withheld schemas. */
export class RegistryProxy {
  /** Ids of schemas that cannot be read at present. */
  readonly withheld = new Set<number>();
  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(private readonly target: string) {}

  /** @param target URL of the registry including its base path */
  static async start(target: string): Promise<RegistryProxy> {
    const proxy = new RegistryProxy(target);
    proxy.server.listen(0, LOOPBACK);
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const [, id] = /^\/schemas\/ids\/(\d+)/.exec(url) ?? [];
    if (id !== undefined && this.withheld.has(Number(id))) {
      response.writeHead(503).end();
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    try {
      const answer = await fetch(`${this.target}${url}`, {
        method,
        headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
        ...(parts.length > 0 && { body: Buffer.concat(parts) }),
      });
      const body = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(body);
    } catch {
      response.writeHead(502).end();
    }
  }
}
