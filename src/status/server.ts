import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../console/user-error';
import { LOOPBACK } from '../render/local-layout';
import { loadPage } from './load-page';
import { StatusSource, type StatusSourceProps } from './status-source';

/** A page of another site that lets its name point here asks under that name. */
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
 * The status of a platform for people: `/` is the page, `/status.json` what it shows, `/healthz` says only that the process
 * answers. Nothing can be changed through it, and only this machine reaches it.
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
   * Begins to read the platform and to answer.
   * @param port 0 for any that is free
   * @returns where the page is
   * @throws {UserError} when the port is taken
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
    if (!OWN_HOST.test(headers.host ?? '')) return text(421, 'this page answers to 127.0.0.1 and localhost only');
    if (method !== 'GET' && method !== 'HEAD') {
      return { ...text(405, 'this page only shows; there is nothing to send'), headers: { allow: 'GET, HEAD' } };
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
        return text(404, 'there are /, /status.json and /healthz');
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
