import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../validation/user-error';
import { LOOPBACK } from '../components/kafka-cluster/local-layout';
import { loadPage } from './load-page';
import { StatusSource, type StatusSourceProps } from './status-source';

/** Protects against DNS rebinding: a foreign site whose name resolves to this machine sends that name as host. */
const OWN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Serves the status of a platform: `/` is the page, `/status.json` its data, `/healthz` confirms only that the process
 * answers. The server is read-only and reachable only from this machine.
 */
export class StatusServer {
  private readonly source: StatusSource;
  private readonly server: Server;
  private readonly page = loadPage();

  constructor(props: StatusSourceProps) {
    this.source = new StatusSource(props);
    this.server = createServer((request, response) => send(response, this.answer(request)));
  }

  /**
   * Starts reading the platform and serving the page.
   * @param port 0 for any free port
   * @returns the URL of the page
   * @throws {UserError} if the port is in use
   */
  async start(port: number): Promise<string> {
    this.server.listen(port, LOOPBACK);
    try {
      await once(this.server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new UserError(
        `Another process already listens on ${LOOPBACK}:${port}; the status page cannot.`,
        'stop that process, or give the page another port',
      );
    }
    this.source.start();
    return `http://${LOOPBACK}:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.source.stop();
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private answer({ method = '', url = '', headers }: IncomingMessage): Answer {
    if (!OWN_HOST.test(headers.host ?? '')) return text(421, 'this page is available as 127.0.0.1 and localhost only');
    if (method !== 'GET' && method !== 'HEAD') {
      return { ...text(405, 'this page is read-only'), headers: { allow: 'GET, HEAD' } };
    }
    const [path = ''] = url.split('?');
    switch (path) {
      case '/':
        return {
          status: 200,
          type: 'text/html; charset=utf-8',
          body: this.page.html,
          headers: { 'content-security-policy': this.page.contentSecurityPolicy },
        };
      case '/status.json':
        return { status: 200, type: 'application/json', body: JSON.stringify(this.source.status) };
      case '/healthz':
        return text(200, 'ok');
      default:
        return text(404, 'available paths: /, /status.json and /healthz');
    }
  }
}

const text = (status: number, line: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${line}\n`,
});

function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, {
    ...HEADERS,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}
