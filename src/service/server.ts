import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ClientMetrics } from '../client/metrics/client-metrics';
import { SAMPLE_PATHS } from '../render/samples';

/** How the process stands, asked anew for each answer. */
export interface Health {
  /** False once it has ended badly. */
  readonly isHealthy: boolean;
  /** Whether it does its work now. */
  readonly isReady: boolean;
}

interface ServerProps {
  readonly health: Health;
  readonly metrics: Pick<ClientMetrics, 'contentType' | 'text'>;
}

const PLAIN_TEXT = 'text/plain; charset=utf-8';

/** `GET /metrics` for Prometheus, `/healthz` for who would start the process again, `/readyz` for who waits for it. */
export function serviceServer(props: ServerProps): Server {
  return createServer((request, response) => {
    void answer(props, request, response).catch(() => {
      send(response, 500, 'the metrics cannot be read');
    });
  });
}

async function answer({ health, metrics }: ServerProps, request: IncomingMessage, response: ServerResponse) {
  const [path] = (request.url ?? '').split('?');
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET');
    send(response, 405, 'only GET');
  } else if (path === SAMPLE_PATHS.metrics) {
    response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.text());
  } else if (path === SAMPLE_PATHS.alive) {
    if (health.isHealthy) send(response, 200, 'ok');
    else send(response, 503, 'ended');
  } else if (path === SAMPLE_PATHS.ready) {
    if (health.isReady) send(response, 200, 'ready');
    else send(response, 503, 'not ready');
  } else {
    send(response, 404, `there are ${Object.values(SAMPLE_PATHS).join(', ')}`);
  }
}

function send(response: ServerResponse, status: number, line: string): void {
  response.writeHead(status, { 'content-type': PLAIN_TEXT, 'cache-control': 'no-store' });
  response.end(`${line}\n`);
}
